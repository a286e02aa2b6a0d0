public import TheaterProtocol
internal import TheaterStateMachine

/// Events: what an actor does, as it does it (wire reference §5, §9).
extension TheaterClient {
    /// An actor's events from now on, in order, across lost connections.
    ///
    /// - Parameter actor: The actor; it must run.
    /// - Returns: A sequence; each iteration subscribes on a connection of its own. The first element
    ///   throws as any request does when there is no server, and
    ///   ``TheaterError/Code/actorNotFound`` when there is no such actor.
    public func events(of actor: ActorID) -> ActorEvents {
        ActorEvents { [self] in
            EventSession(
                client: self, actor: actor, key: nextSubscription(), buffer: makeEventBuffer(),
                isSubscribed: .atFirstElement)
        }
    }

    /// Starts an actor and brings its events from the first one on.
    ///
    /// - Parameters:
    ///   - manifest: As for ``startActor(manifest:initialState:options:)``.
    ///   - initialState: State to begin with.
    ///   - options: What this call wants differently.
    /// - Returns: The new actor, and its events for one iteration; a second one begins when it begins.
    /// - Throws: As ``startActor(manifest:initialState:options:)``; never sent twice.
    public func startSubscribedActor(
        manifest: String, initialState: [UInt8]? = nil, options: RequestOptions = .init()
    ) async throws(TheaterError) -> (actor: ActorID, events: ActorEvents) {
        try Self.check(manifest: manifest)
        let command = Command.startActor(
            manifest: manifest, initialState: initialState, parent: false, subscribe: true)
        let (key, buffer) = (nextSubscription(), makeEventBuffer())
        try prepare(key, buffer: buffer, for: command)
        let reply: ServerMessage
        do {
            reply = try await perform(command, by: deadline(options), subscription: key)
        } catch {
            existingDriver?.unsubscribe(key)
            throw error
        }
        guard case .actorStarted(let actor) = reply else { throw unexpected(reply, command) }
        let first = FirstIteration(
            EventSession(
                client: self, actor: actor, key: key, buffer: buffer, isSubscribed: .already))
        return (actor, ActorEvents { [self] in first.take() ?? events(of: actor).makeSession() })
    }

    private func makeEventBuffer() -> EventBuffer {
        EventBuffer(
            elementLimit: configuration.streams.bufferedElements,
            byteLimit: configuration.streams.bufferedBytes)
    }
}
