import TheaterProtocol
import TheaterStateMachine

/// Reads that a server may answer by closing the connection, and finding out what that meant.
extension TheaterClient {
    func listActors(by deadline: MonotonicInstant) async throws(TheaterError) -> [ActorSummary] {
        let reply = try await perform(.listActors, by: deadline)
        guard case .actorList(let actors) = reply else { throw unexpected(reply, .listActors) }
        return actors
    }

    func status(
        of id: ActorID, by deadline: MonotonicInstant
    ) async throws(TheaterError) -> ActorStatus {
        let command = Command.getActorStatus(id)
        let reply = try await perform(command, by: deadline)
        guard case .actorStatus(_, let status) = reply else { throw unexpected(reply, command) }
        return status
    }

    func state(
        of id: ActorID, by deadline: MonotonicInstant
    ) async throws(TheaterError) -> ActorState {
        let command = Command.getActorState(id)
        let reply = try await read(command, of: id, by: deadline)
        guard case .actorState(_, let state) = reply else { throw unexpected(reply, command) }
        return state
    }

    /// A read of one actor.
    ///
    /// Every server closes the connection on an actor that is unknown or refuses (wire reference
    /// §7): the first time, the actor's status is asked on another connection; the second time it
    /// is the actor that refuses.
    func read(
        _ command: Command, of id: ActorID, by deadline: MonotonicInstant
    ) async throws(TheaterError) -> ServerMessage {
        do {
            return try await perform(command, by: deadline, dropLimit: 1)
        } catch {
            guard error.code == .actorNotReadyOrFailed else { throw error }
            guard try await status(of: id, by: deadline) != .stopped else {
                throw error.explained(as: .actorNotFound, "there is no actor \(id)")
            }
        }
        do {
            return try await perform(command, by: deadline, dropLimit: 1)
        } catch {
            guard error.code == .actorNotReadyOrFailed else { throw error }
            throw error.explained(
                as: .actorNotReadyOrFailed,
                "actor \(id) is listed but refuses: it has failed, or is not set up yet")
        }
    }

    /// Whether a failed message failed because of its actor.
    ///
    /// Servers say it in words that differ, or by closing the connection; the actor's status is the
    /// same everywhere. The caller has its answer already, so this second look is a short one.
    func explain(
        _ error: TheaterError, about id: ActorID, by deadline: MonotonicInstant
    ) async -> TheaterError {
        let shortly = min(deadline, .now + .seconds(1))
        guard error.code == .serverError || error.code == .outcomeUnknown,
            let status = try? await status(of: id, by: shortly)
        else { return error }
        if status == .stopped {
            return error.explained(as: .actorNotFound, "there is no actor \(id)")
        }
        guard case .runtimeError(let text) = error.serverError else { return error }
        return error.explained(
            as: .actorNotReadyOrFailed,
            """
            actor \(id) is listed but did not take the message: it is not set up yet, it has \
            failed, or this server never initialises its actors, as those of 2026 do; Theater \
            answered: \(text)
            """)
    }

    func unexpected(_ message: ServerMessage, _ command: Command) -> TheaterError {
        .unexpected(message, command: command, endpoint: configuration.endpoint)
    }
}
