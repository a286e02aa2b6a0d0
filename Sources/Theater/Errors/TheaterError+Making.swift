internal import TheaterProtocol
internal import TheaterStateMachine
internal import UVEventLoop

/// The errors that do not come from the machine.
extension TheaterError {
    /// Theater itself said no.
    static func answered(
        _ error: ManagementError, command: Command, endpoint: Endpoint
    ) -> TheaterError {
        TheaterError(
            code: .serverError, message: "Theater answered: \(error.text)", phase: .replying,
            // An error says that something failed, not that nothing happened.
            mayHaveExecuted: command.commandClass != .readOnly, attempts: 1, waited: .zero,
            retryAfter: nil, endpoint: endpoint, command: command.name, cause: nil,
            serverError: error)
    }

    /// The end of a stream that its consumer did not ask for.
    static func streamEnded(_ code: Code, _ endpoint: Endpoint) -> TheaterError {
        let message =
            code == .actorNotFound
            ? "the actor does not run any more"
            : "the channel ended with the connection that carried it; open a new one"
        return TheaterError(
            code: code, message: message, phase: .replying, mayHaveExecuted: false, attempts: 0,
            waited: .zero, retryAfter: nil, endpoint: endpoint, command: nil, cause: nil,
            serverError: nil)
    }

    /// A reply of a kind that the machine lets pass and the caller cannot use.
    static func unexpected(
        _ message: ServerMessage, command: Command, endpoint: Endpoint
    ) -> TheaterError {
        TheaterError(
            code: .protocolViolation, message: "the server answered with \(message.name)",
            phase: .replying, mayHaveExecuted: command.commandClass != .readOnly, attempts: 1,
            waited: .zero, retryAfter: nil, endpoint: endpoint, command: command.name, cause: nil,
            serverError: nil)
    }

    /// The loop thread could not be started.
    static func noLoop(_ error: UVError, command: String, endpoint: Endpoint) -> TheaterError {
        TheaterError(
            code: .localResource,
            message: "the client's event loop could not be started: \(error.message)",
            phase: .queued, mayHaveExecuted: false, attempts: 0, waited: .zero, retryAfter: nil,
            endpoint: endpoint, command: command, cause: nil, serverError: nil)
    }
}
