/// All twenty commands (wire reference §4).
public enum Command: Sendable, Equatable {
    /// Starts an actor from a manifest: a reference, or TOML text until 2026-02.
    ///
    /// With `parent` the connection gets `actorResult` pushes, with `subscribe` events from birth.
    case startActor(manifest: String, initialState: [UInt8]?, parent: Bool, subscribe: Bool)
    /// Stops an actor in order; an unknown one counts as stopped.
    case stopActor(ActorID)
    /// Stops an actor at once; since 2025-06-22.
    case terminateActor(ActorID)
    /// Lists all actors.
    case listActors
    /// Asks for an actor's events; there is no backfill.
    case subscribeToActor(ActorID)
    /// Ends nothing in truth: answered always, it serves as the fence (wire reference §8.2).
    case unsubscribeFromActor(ActorID, SubscriptionID)
    /// Sends a message without waiting for an answer.
    case sendActorMessage(ActorID, data: [UInt8])
    /// Sends a message and waits for the answer.
    case requestActorMessage(ActorID, data: [UInt8])
    /// Reads an actor's manifest; since 2025-04-26.
    case getActorManifest(ActorID)
    /// Reads an actor's status; an unknown one is stopped.
    case getActorStatus(ActorID)
    /// Restarts an actor; only April 2025's server does, under a new id it does not tell.
    case restartActor(ActorID)
    /// Reads an actor's state; an unknown actor ends the connection.
    case getActorState(ActorID)
    /// Reads an actor's event history; until 2026-06-02.
    case getActorEvents(ActorID)
    /// Reads an actor's metrics; an unknown actor ends the connection.
    case getActorMetrics(ActorID)
    /// Replaces an actor's component; until 2026-01-21.
    case updateActorComponent(ActorID, component: String)
    /// Replaces an actor's package; since 2026-01-21, and always refused.
    case updateActorPackage(ActorID, package: String)
    /// Opens a channel to an actor.
    case openChannel(ChannelParticipant, initialMessage: [UInt8])
    /// Sends on a channel.
    case sendOnChannel(ChannelID, message: [UInt8])
    /// Closes a channel.
    case closeChannel(ChannelID)
    /// Makes a content store.
    case newStore

    /// Name on the wire, for example "StartActor".
    public var name: String {
        switch self {
        case .startActor: "StartActor"
        case .stopActor: "StopActor"
        case .terminateActor: "TerminateActor"
        case .listActors: "ListActors"
        case .subscribeToActor: "SubscribeToActor"
        case .unsubscribeFromActor: "UnsubscribeFromActor"
        case .sendActorMessage: "SendActorMessage"
        case .requestActorMessage: "RequestActorMessage"
        case .getActorManifest: "GetActorManifest"
        case .getActorStatus: "GetActorStatus"
        case .restartActor: "RestartActor"
        case .getActorState: "GetActorState"
        case .getActorEvents: "GetActorEvents"
        case .getActorMetrics: "GetActorMetrics"
        case .updateActorComponent: "UpdateActorComponent"
        case .updateActorPackage: "UpdateActorPackage"
        case .openChannel: "OpenChannel"
        case .sendOnChannel: "SendOnChannel"
        case .closeChannel: "CloseChannel"
        case .newStore: "NewStore"
        }
    }
}
