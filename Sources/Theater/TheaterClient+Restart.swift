public import TheaterProtocol
internal import TheaterStateMachine

extension TheaterClient {
    /// Restarts an actor.
    ///
    /// Works on servers of April 2025; later ones answer that they cannot.
    ///
    /// Such a server gives the actor a new id and does not tell it; it is found by comparing the lists
    /// before and after. It also dies, for everyone, when asked to restart an actor that has failed
    /// (wire reference §7), so the actor's state is read first.
    ///
    /// - Parameters:
    ///   - id: The actor.
    ///   - options: What this call wants differently.
    /// - Returns: The id under which the actor runs now.
    /// - Throws: ``TheaterError``; ``TheaterError/Code/actorNotFound``,
    ///   ``TheaterError/Code/actorNotReadyOrFailed`` (stop it and start it anew instead). Never sent twice.
    public func restartActor(
        _ id: ActorID, options: RequestOptions = .init()
    ) async throws(TheaterError) -> ActorID {
        let deadline = deadline(options)
        _ = try await state(of: id, by: deadline)
        let before = Set(try await listActors(by: deadline).map(\.id))
        let command = Command.restartActor(id)
        let reply = try await perform(command, by: deadline)
        guard case .restarted(let echoed) = reply else { throw unexpected(reply, command) }
        let after: Set<ActorID>
        do throws(TheaterError) {
            after = Set(try await listActors(by: deadline).map(\.id))
        } catch {
            throw unknownAfterRestart("the list of actors could not be read: \(error.message)")
        }
        if after.contains(echoed) { return echoed }
        let new = after.subtracting(before)
        guard new.count == 1, let only = new.first else {
            throw unknownAfterRestart("\(new.count) actors are new")
        }
        return only
    }

    /// The restart is done, whatever happened afterwards: it must not look as if it could be repeated.
    private func unknownAfterRestart(_ why: String) -> TheaterError {
        TheaterError(
            code: .outcomeUnknown,
            message: "the actor was restarted, but its new id is not known: \(why)",
            phase: .replying, mayHaveExecuted: true, attempts: 1, waited: .zero, retryAfter: nil,
            endpoint: configuration.endpoint, command: "RestartActor", cause: nil,
            serverError: nil)
    }
}
