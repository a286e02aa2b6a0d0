/// How an MCP server treats its requests.
public struct ServerSettings: Sendable {
    /// The longest that one request to Theater may take.
    ///
    /// Default: 30 s.
    public var requestTimeout = Duration.seconds(30)
    /// The longest that a tool call may take, whatever `requestTimeout` says.
    ///
    /// 45 s: hosts give up after 60 s, and an error is of use only when it arrives.
    public var callBudget = Duration.seconds(45)
    /// Requests at work at a time; the others wait.
    var runningRequests = 64
    /// Requests that may wait; more are refused.
    var waitingRequests = 1024
    /// Between two notifications of progress.
    var progressInterval = Duration.seconds(1)
    /// What requests get to finish after the end of the input.
    ///
    /// Hosts wait two seconds.
    var closingGrace = Duration.milliseconds(500)

    /// Settings with every default.
    public init() {}
}
