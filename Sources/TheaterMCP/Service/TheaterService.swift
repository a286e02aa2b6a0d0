public import Theater

/// What the tools and resources need of Theater; ``TheaterClient`` is the real one.
public protocol TheaterService: Sendable {
    /// Where Theater listens.
    var endpoint: Endpoint { get }
    /// The state of the connection, without touching it.
    var state: ConnectionState { get }
    /// Counters since the start.
    var statistics: ClientStatistics { get }

    /// The running actors.
    func listActors(options: RequestOptions) async throws(TheaterError) -> [ActorSummary]
    /// Starts an actor.
    func startActor(
        manifest: String, initialState: [UInt8]?, options: RequestOptions
    ) async throws(TheaterError) -> ActorID
    /// Stops an actor; an unknown one counts as stopped.
    func stopActor(_ id: ActorID, options: RequestOptions) async throws(TheaterError)
    /// Restarts an actor; the result is the id under which it runs afterwards.
    func restartActor(_ id: ActorID, options: RequestOptions) async throws(TheaterError) -> ActorID
    /// Whether an actor runs.
    func status(of id: ActorID, options: RequestOptions) async throws(TheaterError) -> ActorStatus
    /// An actor's state.
    func state(of id: ActorID, options: RequestOptions) async throws(TheaterError) -> ActorState
    /// An actor's manifest.
    func manifest(of id: ActorID, options: RequestOptions) async throws(TheaterError) -> Manifest
    /// An actor's events, the oldest first.
    func eventHistory(
        of id: ActorID, options: RequestOptions
    ) async throws(TheaterError) -> [ChainEvent]
    /// Sends a message that is not answered.
    func send(_ data: [UInt8], to id: ActorID, options: RequestOptions) async throws(TheaterError)
    /// Sends a message and waits for the answer.
    func request(
        _ data: [UInt8], of id: ActorID, options: RequestOptions
    ) async throws(TheaterError) -> [UInt8]
    /// Opens a channel to an actor.
    func openChannel(
        to id: ActorID, initialMessage: [UInt8], options: RequestOptions
    ) async throws(TheaterError) -> ChannelID
    /// Sends a message on a channel.
    func send(
        _ message: [UInt8], on channel: ChannelID, options: RequestOptions
    ) async throws(TheaterError)
    /// Closes a channel.
    func closeChannel(_ channel: ChannelID, options: RequestOptions) async throws(TheaterError)
}

extension TheaterClient: TheaterService {
    /// Where Theater listens, from the configuration.
    public var endpoint: Endpoint { configuration.endpoint }
}
