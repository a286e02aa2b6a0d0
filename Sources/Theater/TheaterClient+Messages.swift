public import TheaterProtocol
internal import TheaterStateMachine

/// Messages to actors. None of these commands is ever sent twice.
extension TheaterClient {
    /// Sends a message that wants no answer.
    ///
    /// Servers of 2025 accept it for an actor that does not exist, too.
    ///
    /// - Parameters:
    ///   - data: The message; up to about 9 MB on a plain server.
    ///   - id: The actor.
    ///   - options: What this call wants differently.
    /// - Throws: ``TheaterError``; ``TheaterError/Code/outcomeUnknown`` when the connection is lost before
    ///   the reply.
    public func send(
        _ data: [UInt8], to id: ActorID, options: RequestOptions = .init()
    ) async throws(TheaterError) {
        let deadline = deadline(options)
        do {
            _ = try await perform(.sendActorMessage(id, data: data), by: deadline)
        } catch {
            throw await explain(error, about: id, by: deadline)
        }
    }

    /// Sends a message and waits for the actor's answer.
    ///
    /// - Parameters:
    ///   - data: The message.
    ///   - id: The actor.
    ///   - options: What this call wants differently.
    /// - Returns: The answer.
    /// - Throws: ``TheaterError``; ``TheaterError/Code/outcomeUnknown`` when the connection is lost before
    ///   the reply, which servers of 2025 also do when the actor's handler fails.
    public func request(
        _ data: [UInt8], of id: ActorID, options: RequestOptions = .init()
    ) async throws(TheaterError) -> [UInt8] {
        let deadline = deadline(options)
        let command = Command.requestActorMessage(id, data: data)
        let reply: ServerMessage
        do {
            reply = try await perform(command, by: deadline)
        } catch {
            throw await explain(error, about: id, by: deadline)
        }
        guard case .requestedMessage(_, let answer) = reply else {
            throw unexpected(reply, command)
        }
        return answer
    }
}
