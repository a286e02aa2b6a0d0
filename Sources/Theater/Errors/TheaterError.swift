public import TheaterProtocol

/// The one error of this library: what happened, whether the command may have been executed, what to do next.
public struct TheaterError: Error, Sendable, CustomStringConvertible {
    /// What went wrong, from a set that may grow.
    public let code: Code
    /// One sentence for people, without the code.
    public let message: String
    /// How far the command had come.
    public let phase: Phase
    /// True when the server may have executed the command: a whole frame may have reached it.
    ///
    /// Never false for a command that was executed; always false for reads, which do nothing.
    public let mayHaveExecuted: Bool
    /// Dials and sends made for this request.
    public let attempts: Int
    /// Time from the call to this error.
    public let waited: Duration
    /// When the next dial is due, if one is being waited for; repeating the call earlier gains nothing.
    public let retryAfter: Duration?
    /// The server's address, where the link is concerned.
    public let endpoint: Endpoint?
    /// The command by its wire name, as `ListActors`.
    public let command: String?
    /// What became of the link, where the link is concerned.
    public let cause: ConnectionFailure?
    /// Theater's own answer, where it gave one.
    public let serverError: ManagementError?

    /// How far a command had come when it ended.
    public enum Phase: String, Sendable, Hashable {
        /// Never left this process.
        case queued
        /// Never left this process; waited for a connection.
        case connecting
        /// Some bytes may have left.
        case writing
        /// Handed to the kernel as a whole; no byte of a reply.
        case sent
        /// Answered.
        case replying
    }

    /// True when the link is to blame, not Theater, the actor or the arguments.
    public var isConnectionIssue: Bool {
        switch code {
        case .notConnected, .outcomeUnknown, .localResource, .protocolViolation: true
        case .timeout: phase == .connecting || (phase == .queued && cause != nil)
        default: false
        }
    }

    /// What happened to the link, in half a sentence: "connection refused at 127.0.0.1:9000 after 3 attempts".
    public var reason: String { message }

    /// `[code] message`, with what is known about the execution.
    public var description: String {
        let subject = command.map { "\($0): " } ?? ""
        let execution = mayHaveExecuted ? "; the command may have been executed" : ""
        return "[\(code)] \(subject)\(message)\(execution)"
    }
}

extension TheaterError {
    static func invalidArgument(_ message: String) -> TheaterError {
        TheaterError(
            code: .invalidArgument, message: message, phase: .queued, mayHaveExecuted: false,
            attempts: 0, waited: .zero, retryAfter: nil, endpoint: nil, command: nil, cause: nil,
            serverError: nil)
    }

    /// The same error with another code and text: what a second look has found out.
    func explained(as code: Code, _ message: String) -> TheaterError {
        TheaterError(
            code: code, message: message, phase: phase, mayHaveExecuted: mayHaveExecuted,
            attempts: attempts, waited: waited, retryAfter: nil, endpoint: endpoint,
            command: command, cause: cause, serverError: serverError)
    }
}
