/// Counters of a client since it was made.
public struct ClientStatistics: Sendable, Hashable {
    /// Dials begun.
    public var dials = 0
    /// Times the link came back after a loss or a failed dial.
    public var reconnections = 0
    /// Requests written and not answered yet.
    public var requestsInFlight = 0
    /// Requests waiting for a connection.
    public var requestsQueued = 0
    /// Requests that ended with a reply, be it an error of Theater's.
    public var requestsAnswered = 0
    /// Requests that ended without one.
    public var requestsFailed = 0
    /// Times a request went out once more.
    public var requestsSentAgain = 0
    /// Verified connections now.
    public var connections = 0
    /// What last happened to the link.
    public var lastFailure: ConnectionFailure?

    /// All zero.
    public init() {}
}
