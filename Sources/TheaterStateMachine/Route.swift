package import TheaterProtocol

/// The kind of lane a command travels on, and what may travel beside it.
///
/// | route     | commands                              | beside it on the lane          |
/// |-----------|---------------------------------------|--------------------------------|
/// | control   | quick, never dropped by a healthy one | others of its kind, pipelined  |
/// | reading   | reads that a server may answer by     | others of its kind, pipelined  |
/// |           | closing the link                      |                                |
/// | exclusive | everything that changes something     | nothing: a lost link leaves at |
/// |           |                                       | most one outcome unknown       |
/// | opening   | OpenChannel, on a lane that becomes   | nothing                        |
/// |           | the channel's                         |                                |
/// | channel   | commands of that channel              | nothing                        |
package enum Route: Sendable, Hashable {
    case control
    case reading
    case exclusive
    case opening
    case channel(ChannelID)
    /// StartActor with its events: on the lane that becomes the subscription's.
    case subscription(SubscriptionKey)

    package init(_ command: Command) {
        self =
            switch command {
            case .listActors, .getActorStatus, .unsubscribeFromActor: .control
            case .getActorState, .getActorMetrics, .getActorManifest, .getActorEvents: .reading
            case .openChannel: .opening
            case .sendOnChannel(let id, _), .closeChannel(let id): .channel(id)
            case .startActor, .stopActor, .terminateActor, .sendActorMessage, .subscribeToActor,
                .requestActorMessage, .restartActor, .updateActorComponent, .updateActorPackage,
                .newStore:
                .exclusive
            }
    }
}

extension Command {
    /// True when some server says no by closing the link: its loss then tells nothing about the server
    /// (wire reference §7, summary).
    package var mayDropLink: Bool {
        switch self {
        case .getActorState, .getActorMetrics, .getActorManifest, .getActorEvents,
            .requestActorMessage:
            true
        default: false
        }
    }

    /// True when some era answers the command with silence (wire reference §4): until the server has
    /// answered it once, a fence behind it turns the silence into an answer.
    package var isUnknownToSomeEra: Bool {
        switch self {
        case .getActorEvents, .getActorManifest, .terminateActor, .updateActorComponent,
            .updateActorPackage:
            true
        default: false
        }
    }
}
