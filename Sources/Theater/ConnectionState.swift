public import TheaterProtocol
internal import TheaterStateMachine

/// The state of the link to Theater.
///
/// ```
///              request                     echo of the opening fence
/// disconnected ───────▶ connecting ─────────────────────────────────▶ connected
///   ▲ (until retryAt)       │ failed                                     │ lost
///   └───────────────────────┴────────────────────────────────────────────┘
///                     close() from any state ─▶ closed
/// ```
public enum ConnectionState: Sendable, Hashable, CustomStringConvertible {
    /// What a client that is connecting is about.
    public enum Phase: String, Sendable, Hashable {
        /// Looking up the name and making the TCP connection.
        case dialling
        /// Waiting for the echo of the opening fence: TCP alone proves only a listening kernel.
        case verifying
    }

    /// No connection. With a `retryAt`, the next dial waits until then; it starts when a request wants it.
    case disconnected(retryAt: ContinuousClock.Instant?, attempt: Int, lastError: String?)
    /// A dial is under way; `attempt` counts the dials of this series from 1.
    case connecting(Phase, attempt: Int)
    /// Requests go through.
    case connected(since: ContinuousClock.Instant, wireFormat: WireFormat)
    /// The client was closed; this is the end.
    case closed

    /// One or two words: "disconnected", "waiting", "connecting", "connected", "closed".
    public var description: String {
        switch self {
        case .disconnected(nil, _, _): "disconnected"
        case .disconnected: "waiting"
        case .connecting: "connecting"
        case .connected: "connected"
        case .closed: "closed"
        }
    }
}

extension ConnectionState {
    init(_ state: LinkState, now: MonotonicInstant) {
        let clock = ContinuousClock.now
        switch state {
        case .disconnected(let retryAt, let attempt, let failure):
            let next = retryAt.flatMap { $0 > now ? clock + ($0 - now) : nil }
            self = .disconnected(
                retryAt: next, attempt: attempt,
                lastError: failure.map { ConnectionFailure($0).description })
        case .connecting(.dialling, let attempt): self = .connecting(.dialling, attempt: attempt)
        case .connecting(.verifying, let attempt): self = .connecting(.verifying, attempt: attempt)
        case .connected(let since, let format):
            self = .connected(since: clock - (now - since), wireFormat: format)
        case .closed: self = .closed
        }
    }
}
