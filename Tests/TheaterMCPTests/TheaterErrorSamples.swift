import TheaterProtocol

@testable import Theater

extension TheaterError {
    /// An error as the client would make it.
    static func sample(
        _ code: Code, _ message: String = "the reason", phase: Phase = .queued,
        mayHaveExecuted: Bool = false, attempts: Int = 1, waited: Duration = .seconds(1),
        retryAfter: Duration? = nil, serverError: ManagementError? = nil
    ) -> TheaterError {
        TheaterError(
            code: code, message: message, phase: phase, mayHaveExecuted: mayHaveExecuted,
            attempts: attempts, waited: waited, retryAfter: retryAfter, endpoint: Endpoint(),
            command: "AnyCommand", cause: nil, serverError: serverError)
    }

    static let refused = sample(
        .notConnected, "connection refused at 127.0.0.1:9000 after 3 attempts", phase: .connecting,
        attempts: 3, waited: .milliseconds(1700), retryAfter: .milliseconds(1900))
    static let lost = sample(
        .outcomeUnknown, "the connection to 127.0.0.1:9000 was lost before the reply", phase: .sent,
        mayHaveExecuted: true)
}
