import TheaterProtocol
import TheaterStateMachine

/// One request: what its caller was told, and what really happened to it.
struct SimulatedCall {
    let id: RequestID
    let command: Command
    let deadline: MonotonicInstant
    var outcomes: [Result<ServerMessage, RequestFailure>] = []
    /// How often the machine gave its frame to the transport.
    var writes = 0
    /// How often the kernel got the whole frame: from there on a server can execute it.
    var handovers = 0
    var executions = 0
    /// What the server answered to this very request.
    var answers: [ServerMessage] = []

    var isLive: Bool { outcomes.isEmpty }

    /// What the caller may conclude from its outcome, against what happened.
    func violations() -> [String] {
        var found: [String] = []
        if outcomes.count > 1 { found.append("\(id) ended \(outcomes.count) times") }
        if command.commandClass == .nonIdempotent || command.commandClass == .connectionScoped {
            if handovers > 1 {
                found.append("\(id) \(command.name) handed over \(handovers) times")
            }
            if executions > 1 { found.append("\(id) \(command.name) executed \(executions) times") }
        }
        switch outcomes.first {
        case .success(let message):
            if !answers.contains(message) { found.append("\(id) got \(message), not its own") }
        case .failure(let failure):
            if failure.mayHaveExecuted, writes == 0 {
                found.append("\(id) was never written, but may have executed")
            }
            if !failure.mayHaveExecuted, executions > 0, command.commandClass != .readOnly {
                found.append("\(id) \(command.name) was executed, but told: \(failure)")
            }
        case nil: break
        }
        return found
    }
}
