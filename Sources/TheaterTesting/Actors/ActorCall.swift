/// A message on its way into an actor.
struct ActorCall: Sendable {
    enum Kind: Sendable, Hashable {
        case send
        case request
        case channelOpen
        case channelMessage
    }

    let kind: Kind
    let payload: [UInt8]
}

extension ActorCall.Kind {
    /// The function of the actor that handles it.
    var function: String {
        switch self {
        case .send: "handle-send"
        case .request: "handle-request"
        case .channelOpen: "handle-channel-open"
        case .channelMessage: "handle-channel-message"
        }
    }

    /// What the actor logs first.
    var logLine: String {
        switch self {
        case .send: "send"
        case .request: "request"
        case .channelOpen: "channel-open"
        case .channelMessage: "channel-message"
        }
    }
}

/// What comes of a call.
enum ActorOutcome: Sendable, Equatable {
    /// Handled, with a response where the kind of call has one.
    case returned([UInt8])
    /// The answer comes later, that is never.
    case deferred
    /// A trap or an error.
    case failed
    /// The channel is refused, or closed again.
    case refused
    /// Not delivered: the actor is paused.
    case undelivered
}
