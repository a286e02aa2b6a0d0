import TheaterProtocol

@testable import TheaterStateMachine

/// Running the machine's actions, and looking at each of them.
extension Simulation {
    /// What the driver does after a batch of inputs, and the checks that hold after every one.
    func settle() {
        didSomething = true
        machine.settle(now: now, into: &actions)
        run()
        for _ in 0..<3 {
            guard let next = machine.nextDeadline(), next <= now else { break }
            machine.deadlineReached(now: now, into: &actions)
            machine.settle(now: now, into: &actions)
            run()
        }
        check()
    }

    private func run() {
        let current = actions
        actions = Actions()
        for completion in current.completions { complete(completion) }
        for report in current.reports { note(report) }
        var closed: [SimulatedConnection] = []
        for action in current.transport {
            if isFinished { violated("\(action) after the end") }
            switch action {
            case .open(let id): open(id)
            case .write(let id, let buffers, let token): write(buffers, on: id, token: token)
            case .close(let id):
                guard let connection = connections.first(where: { $0.id == id }) else {
                    violated("close of an ended connection")
                    break
                }
                if connection.isClosing { violated("\(id) closed twice") }
                connection.isClosing = true
                closed.append(connection)
            case .finished: isFinished = true
            }
        }
        guard closesAtOnce else { return }
        for connection in closed { end(connection, cause: .closedByClient) }
    }

    private func complete(_ completion: Completion) {
        guard let call = calls[completion.request] else {
            return violated("an outcome for nobody")
        }
        if call.deadline < now, stallEnd != now { violated("\(call.id) ended late") }
        calls[completion.request]?.outcomes.append(completion.outcome)
        live.removeAll { $0 == completion.request }
        if let call = calls[completion.request] { violations += call.violations() }
    }

    private func note(_ report: Report) {
        switch report {
        case .stateChanged(let state):
            if lastReport == state { violated("the same state reported twice: \(state)") }
            lastReport = state
        case .dialStarted:
            announcedDials += 1
            dialWatch.didStart(at: now, into: &violations)
        case .dialFailed(_, _, let wait): dialWatch.didFail(at: now, wait: wait)
        case .connectionLost: dialWatch.didLose()
        default: break
        }
    }

    private func open(_ id: ConnectionID) {
        defer { connections.append(SimulatedConnection(id: id, format: format)) }
        // The second guess of a dial is no dial of its own.
        guard announcedDials > 0 else { return }
        announcedDials -= 1
        let isProved = connections.contains { $0.isEchoed }
        let unproved = connections.count { !$0.isEchoed }
        if unproved >= (isProved ? settings.dialsAtOnceWhenProved : 1) {
            violated("dial beside \(unproved) others")
        }
    }

    private func write(_ buffers: [[UInt8]], on id: ConnectionID, token: UInt64) {
        guard let connection = connections.first(where: { $0.id == id }),
            connection.phase == .established, !connection.isClosing
        else { return violated("write on a connection that is not open") }
        var write = SimulatedConnection.Write(token: token, frames: [])
        for buffer in buffers {
            let content = content(of: buffer)
            noteWritten(content, on: connection)
            write.frames.append(.init(content: content, unsentBytes: buffer.count))
        }
        connection.unsent.append(write)
    }

    private func noteWritten(
        _ content: SimulatedConnection.Content, on connection: SimulatedConnection
    ) {
        if case .request(let id) = content, let command = calls[id]?.command {
            calls[id]?.writes += 1
            if command.mustBeAlone, !connection.unanswered.isEmpty {
                violated("\(command.name) written behind \(connection.unanswered)")
            }
            if !connection.isEchoed { violated("\(command.name) written before the echo") }
            if connection.unanswered.contains(where: isAlone) {
                violated("\(command.name) written behind a command that stands alone")
            }
        }
        connection.unanswered.append(content)
    }

    private func isAlone(_ content: SimulatedConnection.Content) -> Bool {
        guard case .request(let id) = content else { return false }
        return calls[id]?.command.mustBeAlone == true
    }

    private func content(of buffer: [UInt8]) -> SimulatedConnection.Content {
        var decoder = MessageDecoder(format: format)
        decoder.append(buffer)
        guard let message = try? decoder.next(now: .zero) else { return .unreadable }
        if let id = requestOfMessage[message] { return .request(id) }
        guard let command = try? Command(decoding: message, era: .june2025),
            case .unsubscribeFromActor(let id, _) = command
        else { return .unreadable }
        return .fence(id)
    }
}

extension Command {
    /// Nothing else may be unanswered beside it.
    var mustBeAlone: Bool { commandClass == .nonIdempotent }
}
