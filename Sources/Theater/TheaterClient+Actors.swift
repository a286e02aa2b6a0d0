public import TheaterProtocol
internal import TheaterStateMachine

/// Actors: starting, stopping, asking. Command behaviour: wire reference §7.
extension TheaterClient {
    /// The actors that run on the server, in no particular order.
    ///
    /// - Parameter options: What this call wants differently.
    /// - Returns: Ids and names; servers of April 2025 give no names.
    /// - Throws: ``TheaterError``; the command is a read and is sent again when a connection is lost.
    public func listActors(
        options: RequestOptions = .init()
    ) async throws(TheaterError) -> [ActorSummary] {
        try await listActors(by: deadline(options))
    }

    /// Starts an actor.
    ///
    /// Never sent twice: if the connection is lost before the reply, the error says
    /// ``TheaterError/Code/outcomeUnknown``.
    ///
    /// - Parameters:
    ///   - manifest: A path on the server, or (until 2026) the manifest's TOML text.
    ///   - initialState: State to begin with; ignored by servers since February 2026.
    ///   - options: What this call wants differently.
    /// - Returns: The new actor's id.
    /// - Throws: ``TheaterError``; ``TheaterError/Code/serverError`` when the server refuses the manifest.
    public func startActor(
        manifest: String, initialState: [UInt8]? = nil, options: RequestOptions = .init()
    ) async throws(TheaterError) -> ActorID {
        try Self.check(manifest: manifest)
        let command = Command.startActor(
            manifest: manifest, initialState: initialState, parent: false, subscribe: false)
        let reply = try await perform(command, by: deadline(options))
        guard case .actorStarted(let id) = reply else { throw unexpected(reply, command) }
        return id
    }

    /// Stops an actor; one that does not exist counts as stopped.
    ///
    /// Idempotent, so sent again when needed.
    ///
    /// - Parameters:
    ///   - id: The actor.
    ///   - options: What this call wants differently.
    /// - Throws: ``TheaterError``.
    public func stopActor(
        _ id: ActorID, options: RequestOptions = .init()
    ) async throws(TheaterError) {
        _ = try await perform(.stopActor(id), by: deadline(options))
    }

    /// Stops an actor without waiting for it.
    ///
    /// Servers before June 2025 do not know the command.
    ///
    /// - Parameters:
    ///   - id: The actor.
    ///   - options: What this call wants differently.
    /// - Throws: ``TheaterError``; ``TheaterError/Code/unsupportedByServer`` from old servers.
    public func terminateActor(
        _ id: ActorID, options: RequestOptions = .init()
    ) async throws(TheaterError) {
        _ = try await perform(.terminateActor(id), by: deadline(options))
    }

    /// Whether an actor runs.
    ///
    /// An unknown actor is reported as stopped.
    ///
    /// - Parameters:
    ///   - id: The actor.
    ///   - options: What this call wants differently.
    /// - Returns: Its status.
    /// - Throws: ``TheaterError``.
    public func status(
        of id: ActorID, options: RequestOptions = .init()
    ) async throws(TheaterError) -> ActorStatus {
        try await status(of: id, by: deadline(options))
    }

    /// An actor's state.
    ///
    /// - Parameters:
    ///   - id: The actor.
    ///   - options: What this call wants differently.
    /// - Returns: Bytes until March 2026, a typed value since.
    /// - Throws: ``TheaterError``; ``TheaterError/Code/actorNotFound``, and
    ///   ``TheaterError/Code/actorNotReadyOrFailed`` when the actor runs but refuses.
    public func state(
        of id: ActorID, options: RequestOptions = .init()
    ) async throws(TheaterError) -> ActorState {
        try await state(of: id, by: deadline(options))
    }

    /// An actor's manifest, as the server read it.
    ///
    /// - Parameters:
    ///   - id: The actor.
    ///   - options: What this call wants differently.
    /// - Returns: The manifest, in whichever of its shapes (wire reference §9).
    /// - Throws: As ``state(of:options:)``; ``TheaterError/Code/unsupportedByServer`` in April 2025.
    public func manifest(
        of id: ActorID, options: RequestOptions = .init()
    ) async throws(TheaterError) -> Manifest {
        let command = Command.getActorManifest(id)
        let reply = try await read(command, of: id, by: deadline(options))
        guard case .actorManifest(_, let json) = reply, let manifest = try? Manifest(json) else {
            throw unexpected(reply, command)
        }
        return manifest
    }

    /// An actor's metrics.
    ///
    /// - Parameters:
    ///   - id: The actor.
    ///   - options: What this call wants differently.
    /// - Returns: The metrics (wire reference §9).
    /// - Throws: As ``state(of:options:)``.
    public func metrics(
        of id: ActorID, options: RequestOptions = .init()
    ) async throws(TheaterError) -> ActorMetrics {
        let command = Command.getActorMetrics(id)
        let reply = try await read(command, of: id, by: deadline(options))
        guard case .actorMetrics(_, let json) = reply, let metrics = try? ActorMetrics(json) else {
            throw unexpected(reply, command)
        }
        return metrics
    }

    /// Replaces an actor's component.
    ///
    /// Servers until 2025 can; later ones answer that they cannot, or do not know the command.
    ///
    /// - Parameters:
    ///   - id: The actor.
    ///   - component: A path or address that the server can read.
    ///   - options: What this call wants differently.
    /// - Throws: ``TheaterError``; never sent twice.
    public func updateComponent(
        of id: ActorID, to component: String, options: RequestOptions = .init()
    ) async throws(TheaterError) {
        let command = Command.updateActorComponent(id, component: component)
        _ = try await perform(command, by: deadline(options))
    }

    /// Replaces an actor's package.
    ///
    /// Servers since January 2026 know the command and answer that they cannot.
    ///
    /// - Parameters:
    ///   - id: The actor.
    ///   - package: A path or address that the server can read.
    ///   - options: What this call wants differently.
    /// - Throws: ``TheaterError``; never sent twice.
    public func updatePackage(
        of id: ActorID, to package: String, options: RequestOptions = .init()
    ) async throws(TheaterError) {
        let command = Command.updateActorPackage(id, package: package)
        _ = try await perform(command, by: deadline(options))
    }

    /// The whole event chain of a running actor, as the server keeps it.
    ///
    /// Gone since June 2026.
    ///
    /// - Parameters:
    ///   - id: The actor.
    ///   - options: What this call wants differently.
    /// - Returns: The events, oldest first.
    /// - Throws: As ``state(of:options:)``; ``TheaterError/Code/unsupportedByServer``, at once, from a
    ///   server without event history.
    public func eventHistory(
        of id: ActorID, options: RequestOptions = .init()
    ) async throws(TheaterError) -> [ChainEvent] {
        let command = Command.getActorEvents(id)
        let reply = try await read(command, of: id, by: deadline(options))
        guard case .actorEvents(_, let events) = reply else { throw unexpected(reply, command) }
        return events
    }

    /// Creates a content store.
    ///
    /// - Parameter options: What this call wants differently.
    /// - Returns: The store's id.
    /// - Throws: ``TheaterError``; never sent twice.
    public func newStore(options: RequestOptions = .init()) async throws(TheaterError) -> String {
        let reply = try await perform(.newStore, by: deadline(options))
        guard case .storeCreated(let id) = reply else { throw unexpected(reply, .newStore) }
        return id
    }
}
