import TheaterProtocol

/// SendActorMessage and RequestActorMessage (wire reference §7).
extension ServerMachine {
    mutating func send(_ data: [UInt8], to id: ActorID) {
        if let error = routingError(to: id, verb: "send") {
            answer(.error(error))
            return
        }
        // Answered as soon as it is queued, in 2025 even for a stranger.
        answer(.sentMessage(id))
        _ = deliver(ActorCall(kind: .send, payload: data), to: id)
    }

    mutating func request(_ data: [UInt8], of id: ActorID) {
        if let error = routingError(to: id, verb: "route") {
            answer(.error(error))
            return
        }
        switch deliver(ActorCall(kind: .request, payload: data), to: id) {
        case .returned(let response):
            answer(.requestedMessage(id, response))
        case .deferred where behavior.messaging == .runtime:
            steps.append(.wait(for: id))
        case .deferred, .failed, .refused, .undelivered:
            guard behavior.messaging == .router else { return steps.append(.drop) }
            answer(.error(.runtimeError("Actor didn't respond: channel closed")))
        }
    }

    /// The router of 2026 looks for the actor first.
    private func routingError(to id: ActorID, verb: String) -> ManagementError? {
        guard behavior.messaging == .router else { return nil }
        if trappedActors.contains(id) {
            return .communicationError("Failed to receive routing response: channel closed")
        }
        // An actor whose init has not run has not registered for messages.
        guard let actor = actors[id], behavior.runsInit, !actor.isPaused else {
            return .runtimeError("Failed to \(verb): Actor not found: \(id)")
        }
        return nil
    }
}
