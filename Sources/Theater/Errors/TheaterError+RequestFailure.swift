internal import TheaterStateMachine

extension TheaterError {
    /// The machine's word in the caller's terms.
    init(_ failure: RequestFailure, command: String, endpoint: Endpoint) {
        let cause = failure.lastLinkFailure.map(ConnectionFailure.init)
        let code = Self.code(of: failure, cause)
        self.init(
            code: code,
            message: Self.message(of: failure, cause, command: command, endpoint: endpoint),
            phase: Phase(rawValue: failure.phase.rawValue) ?? .queued,
            mayHaveExecuted: failure.mayHaveExecuted, attempts: failure.attempts,
            waited: failure.waited, retryAfter: failure.retryAfter, endpoint: endpoint,
            command: command, cause: cause, serverError: nil)
    }

    private static func code(of failure: RequestFailure, _ cause: ConnectionFailure?) -> Code {
        switch failure.kind {
        case .notConnected:
            switch cause?.kind {
            case .localResource: .localResource
            case .protocolViolation: .protocolViolation
            default: .notConnected
            }
        case .outcomeUnknown: .outcomeUnknown
        case .timedOut: .timeout
        case .cancelled: .cancelled
        case .queueFull: .queueFull
        case .messageTooLarge: .messageTooLarge
        case .serverClosedOnRequest: .actorNotReadyOrFailed
        case .unsupportedByServer: .unsupportedByServer
        case .unanswered: .timeout
        case .channelLost: .channelClosed
        case .clientClosed: .clientClosed
        }
    }

    private static func message(
        of failure: RequestFailure, _ cause: ConnectionFailure?, command: String,
        endpoint: Endpoint
    ) -> String {
        let seconds = failure.waited.inSeconds
        switch failure.kind {
        case .notConnected:
            let what = cause?.description ?? "no connection"
            return "\(what) at \(endpoint)\(after(failure.attempts))"
        case .outcomeUnknown:
            let what = cause.map { " (\($0.description))" } ?? ""
            return "the connection to \(endpoint) was lost before the reply\(what)"
        case .timedOut where failure.phase == .queued || failure.phase == .connecting:
            let what = cause?.description ?? "every connection was busy"
            return "no connection to \(endpoint) was free within \(seconds): \(what)"
        case .timedOut: return "no reply within \(seconds)"
        case .cancelled: return "the call was cancelled after \(seconds)"
        case .queueFull: return "too many requests are waiting for \(endpoint) already"
        case .messageTooLarge: return "the message is larger than the server accepts"
        case .serverClosedOnRequest:
            return "the server closed the connection instead of answering"
        case .unsupportedByServer: return "this Theater server does not know \(command)"
        case .unanswered: return "the server passed the command over without an answer"
        case .channelLost:
            return "the channel ended with the connection that carried it; open a new one"
        case .clientClosed: return "the client has been closed"
        }
    }

    private static func after(_ attempts: Int) -> String {
        switch attempts {
        case 0: ""
        case 1: " after 1 attempt"
        default: " after \(attempts) attempts"
        }
    }
}

extension Duration {
    /// For people: "1.5 s".
    var inSeconds: String {
        let tenths = (self / .milliseconds(100)).rounded()
        return tenths.truncatingRemainder(dividingBy: 10) == 0
            ? "\(Int(tenths / 10)) s" : "\(tenths / 10) s"
    }
}
