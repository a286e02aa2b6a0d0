/// Everything a server may send: replies and pushes (wire reference §5).
///
/// There are no request ids: a reply belongs to the oldest command that was parsed, a push to
/// nobody, and only the kind tells them apart (`channelClosed` is both).
public enum ServerMessage: Sendable, Equatable {
    /// Reply to `startActor`.
    case actorStarted(ActorID)
    /// Reply to `stopActor` and `terminateActor`.
    case actorStopped(ActorID)
    /// Reply to `listActors`, in no order.
    case actorList([ActorSummary])
    /// Reply to `subscribeToActor`, whether or not the actor exists.
    case subscribed(ActorID, SubscriptionID)
    /// Reply to `unsubscribeFromActor`, always.
    case unsubscribed(ActorID)
    /// Push: an event of a subscribed actor; only April 2025 says which.
    case actorEvent(ActorID?, ChainEvent)
    /// Push until 2025-07-25: a subscribed actor failed.
    case actorError(ActorID?, ActorFailure)
    /// Push since 2025-05-19: a child ended.
    case actorResult(ActorResult)
    /// Reply to any command that failed.
    case error(ManagementError)
    /// Reply to `requestActorMessage`.
    case requestedMessage(ActorID, [UInt8])
    /// Reply to `sendActorMessage`; not `messageSent`.
    case sentMessage(ActorID)
    /// Reply to `getActorStatus`.
    case actorStatus(ActorID, ActorStatus)
    /// Reply to `restartActor`, with the old id.
    case restarted(ActorID)
    /// Reply to `getActorManifest`; `Manifest` reads it.
    case actorManifest(ActorID, JSONValue)
    /// Reply to `getActorState`.
    case actorState(ActorID, ActorState)
    /// Reply to `getActorEvents`.
    case actorEvents(ActorID, [ChainEvent])
    /// Reply to `getActorMetrics`; the type `ActorMetrics` reads it.
    case actorMetrics(ActorID, JSONValue)
    /// Reply to `updateActorComponent`.
    case actorComponentUpdated(ActorID)
    /// Reply to `updateActorPackage`, never sent by a known server.
    case actorPackageUpdated(ActorID)
    /// Reply to `openChannel`.
    case channelOpened(ChannelID, ChannelParticipant)
    /// Reply to `sendOnChannel`; not `sentMessage`.
    case messageSent(ChannelID)
    /// Push until 2025-12-12: an actor sent on a channel.
    case channelMessage(ChannelID, sender: ChannelParticipant, message: [UInt8])
    /// Reply to `closeChannel`, and until 2025-12-12 a push as well.
    case channelClosed(ChannelID)
    /// Reply to `newStore`.
    case storeCreated(String)
    /// A variant this library does not know: its name and content.
    case unknown(variant: String, JSONValue)

    /// Name on the wire, for example "ActorStarted".
    public var name: String {
        switch self {
        case .actorStarted: "ActorStarted"
        case .actorStopped: "ActorStopped"
        case .actorList: "ActorList"
        case .subscribed: "Subscribed"
        case .unsubscribed: "Unsubscribed"
        case .actorEvent: "ActorEvent"
        case .actorError: "ActorError"
        case .actorResult: "ActorResult"
        case .error: "Error"
        case .requestedMessage: "RequestedMessage"
        case .sentMessage: "SentMessage"
        case .actorStatus: "ActorStatus"
        case .restarted: "Restarted"
        case .actorManifest: "ActorManifest"
        case .actorState: "ActorState"
        case .actorEvents: "ActorEvents"
        case .actorMetrics: "ActorMetrics"
        case .actorComponentUpdated: "ActorComponentUpdated"
        case .actorPackageUpdated: "ActorPackageUpdated"
        case .channelOpened: "ChannelOpened"
        case .messageSent: "MessageSent"
        case .channelMessage: "ChannelMessage"
        case .channelClosed: "ChannelClosed"
        case .storeCreated: "StoreCreated"
        case .unknown(let variant, _): variant
        }
    }
}
