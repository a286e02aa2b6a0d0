/// Told what a client does.
///
/// Adapters for logs, metrics and traces are observers.
public protocol ClientObserver: Sendable {
    /// Called on the client's loop thread, in order; must return at once and must not block.
    func observe(_ event: ClientEvent)
}

/// What a client did.
public enum ClientEvent: Sendable {
    /// The link changed its state.
    case stateChanged(ConnectionState)
    /// A dial began; `attempt` counts from 1 in each series.
    case dialStarted(attempt: Int)
    /// A dial failed; the next one may start after the wait.
    case dialFailed(attempt: Int, ConnectionFailure, nextDialIn: Duration)
    /// A verified connection ended unasked.
    case connectionLost(ConnectionFailure)
    /// The first verified connection after a loss or a failed dial.
    case recovered(downtime: Duration, dials: Int)
    /// A request whose connection was lost goes out once more; `attempt` counts from 1.
    case requestSentAgain(command: String, attempt: Int)
    /// The server sent something this library does not know.
    case unknownMessage(variant: String)
}
