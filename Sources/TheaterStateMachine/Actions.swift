package import TheaterProtocol

/// What the driver has to do after an input, in the order of the fields.
///
/// One value is reused for all inputs: the driver empties it after it has run it.
package struct Actions {
    package var completions: [Completion] = []
    package var transport: [TransportAction] = []
    package var pushes: [Push] = []
    package var reports: [Report] = []

    package init() {}

    package mutating func removeAll() {
        completions.removeAll(keepingCapacity: true)
        transport.removeAll(keepingCapacity: true)
        pushes.removeAll(keepingCapacity: true)
        reports.removeAll(keepingCapacity: true)
    }
}

/// The one end of one request.
package struct Completion {
    package var request: RequestID
    package var outcome: Result<ServerMessage, RequestFailure>
}

package enum TransportAction: Equatable {
    /// Resolve and connect; answered by `connected` or `ended`.
    case open(ConnectionID)
    /// One write of all buffers; answered by `wrote` with the token.
    case write(ConnectionID, buffers: [[UInt8]], token: UInt64)
    /// Answered by `ended`, after the `wrote` of every write.
    case close(ConnectionID)
    /// Shut down, and every connection has ended: nothing will follow.
    case finished
}

/// What no request asked for, in the order in which it came.
package enum Push: Equatable {
    package enum Registration: Equatable {
        case first
        /// After a loss: what happened in between has not been seen.
        case again
    }

    case message(ServerMessage, from: Lane.Purpose)
    /// From here on, every event of the actor arrives.
    case registered(SubscriptionKey, Registration)
    /// The subscription's connection was lost; it will be made again.
    case interrupted(SubscriptionKey, LinkFailure)
    /// The end of a subscription: its actor does not run any more.
    case actorGone(SubscriptionKey)
    /// The end of a channel.
    case channelLost(ChannelID, LinkFailure)

    /// The server's message, where it is one.
    package var message: ServerMessage? {
        if case .message(let message, _) = self { message } else { nil }
    }
}

/// What happened, for observers; never needed to go on.
package enum Report: Equatable {
    case stateChanged(LinkState)
    case dialStarted(attempt: Int)
    case dialFailed(attempt: Int, cause: LinkFailure, nextDialIn: Duration)
    case connectionLost(LinkFailure)
    case recovered(downtime: Duration, dials: Int)
    case requestSentAgain(RequestID, attempt: Int)
    case unknownMessage(variant: String)
}

/// The link as a whole, over all lanes.
///
/// The three states of the public API, and the end.
package enum LinkState: Equatable {
    case disconnected(retryAt: MonotonicInstant?, attempt: Int, lastFailure: LinkFailure?)
    case connecting(ConnectingPhase, attempt: Int)
    case connected(since: MonotonicInstant, WireFormat)
    case closed
}

/// Resolving and connecting are one phase here: the transport does both under one deadline.
package enum ConnectingPhase: Equatable {
    case dialling
    case verifying
}
