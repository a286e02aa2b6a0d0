import TheaterProtocol

/// Why a link could not be made, or ended.
package enum LinkFailure: Sendable, Hashable {
    /// The system's word: "connection refused".
    case transport(String)
    /// A limit of this machine (descriptors, memory, ports), not the server's fault.
    case localResource(String)
    case connectTimedOut
    /// TCP came up, but nothing echoed the opening fence.
    case noEcho
    case closedByPeer
    /// The peer closed before it echoed the opening fence.
    case closedBeforeEcho
    case heartbeatMissed
    /// A request had timed out or been cancelled, and the fence behind it was not answered either.
    case unresponsive
    /// What the peer sent cannot be read.
    case protocolViolation(String)
    /// A reply that cannot belong to the request at the head.
    case outOfStep(String)
    case closedByClient
}

/// Why a request ended without a reply.
package struct RequestFailure: Error, Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// The link could not be had, or was lost before the command was handed over.
        case notConnected
        /// Handed over, link lost before the reply; not safe to repeat.
        case outcomeUnknown
        case timedOut
        case cancelled
        case queueFull
        case messageTooLarge
        /// The server closes the link on this very command.
        case serverClosedOnRequest
        /// The fence behind the command came back first: this server does not know the command.
        case unsupportedByServer
        /// The fence behind the command came back first, although the server knows the command.
        case unanswered
        case channelLost
        case clientClosed
    }

    package enum Phase: String, Sendable {
        case queued
        case connecting
        case writing
        case sent
    }

    package var kind: Kind
    package var phase: Phase
    package var mayHaveExecuted: Bool
    package var attempts: Int
    package var waited: Duration
    package var retryAfter: Duration?
    package var lastLinkFailure: LinkFailure?

    package init(
        kind: Kind, phase: Phase, mayHaveExecuted: Bool = false, attempts: Int = 0,
        waited: Duration = .zero, retryAfter: Duration? = nil, lastLinkFailure: LinkFailure? = nil
    ) {
        self.kind = kind
        self.phase = phase
        self.mayHaveExecuted = mayHaveExecuted
        self.attempts = attempts
        self.waited = waited
        self.retryAfter = retryAfter
        self.lastLinkFailure = lastLinkFailure
    }
}
