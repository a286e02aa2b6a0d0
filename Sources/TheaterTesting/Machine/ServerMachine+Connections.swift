package import TheaterProtocol

extension ServerMachine {
    /// A connection was accepted.
    ///
    /// - Returns: Its id, and what to do with it.
    package mutating func openConnection(
        now: Duration
    ) -> (id: ConnectionID, actions: [ServerAction]) {
        begin(now)
        let id = newConnectionID()
        connections[id] = ConnectionRecord()
        statistics.connectionsAccepted += 1
        statistics.connectionsOpen += 1
        switch script.takeForAccept() {
        case .hang:
            hang(id)
        case .garbage(let bytes):
            actions.append(.sendBytes(bytes, on: id))
        case let fault?:
            if let cut = fault.cut { self.cut(id, cut) }
            if fault.delay > .zero { delayActions([], on: id, by: fault.delay) }
        case nil:
            break
        }
        return (id, finish())
    }

    /// The peer has ended a connection, or it failed.
    package mutating func closeConnection(_ id: ConnectionID, now: Duration) {
        begin(now)
        forget(id)
    }

    /// A message arrived.
    ///
    /// - Parameters:
    ///   - command: The command, or nil when the message is none of this era: the real server
    ///     leaves it unanswered and stays in sync (wire reference §2.4).
    ///   - id: The connection; ignored unless it reads.
    ///   - now: Time since any zero point; it never goes back.
    /// - Returns: What to do, in order.
    package mutating func receive(
        _ command: Command?, on id: ConnectionID, now: Duration
    ) -> [ServerAction] {
        begin(now)
        guard isReading(id) else { return [] }
        guard let command else {
            statistics.unparseableMessages += 1
            return []
        }
        let fault = script.take(forCommand: command.name)
        switch fault {
        case .cutBeforeExecuting(let cut):
            self.cut(id, cut)
        case .hang:
            hang(id)
        default:
            statistics.executions[command.name, default: 0] += 1
            execute(command, on: id)
            perform(fault, on: id)
        }
        return finish()
    }

    /// The bytes of a connection made no sense: the real server leaves its read loop, which closes
    /// the connection unless something holds it (wire reference §8.4).
    package mutating func receiveBrokenFrame(
        on id: ConnectionID, now: Duration
    ) -> [ServerAction] {
        begin(now)
        guard isReading(id) else { return [] }
        drop(id)
        return finish()
    }

    /// A message for this connection could not be encoded: the real server's writer ends, its
    /// reader does not (wire reference §2.4).
    package mutating func markWriterDead(on id: ConnectionID) {
        connections[id]?.isWriterDead = true
    }

    /// Time has passed; answers that were due are sent.
    package mutating func reachTime(_ now: Duration) -> [ServerAction] {
        begin(now)
        for id in connections.keys.sorted(by: { $0.number < $1.number }) {
            guard case .late(let due, let held)? = connections[id]?.state, due <= now else {
                continue
            }
            connections[id]?.state = .serving
            for action in held { emit(action) }
            if isReading(id) { actions.append(.resumeReading(id)) }
        }
        return finish()
    }

    /// When `reachTime` has something to do.
    package var nextDeadline: Duration? {
        connections.values.compactMap { record in
            if case .late(let due, _) = record.state { due } else { nil }
        }.min()
    }

    /// The connection's next message may be handed in.
    package func isReading(_ id: ConnectionID) -> Bool {
        connections[id]?.isServing ?? false
    }

    /// Ends every connection.
    package mutating func cutAll(_ cut: Fault.Cut, now: Duration) -> [ServerAction] {
        begin(now)
        for id in connections.keys.sorted(by: { $0.number < $1.number }) { self.cut(id, cut) }
        return finish()
    }

    /// The server process has died: nothing survives but the faults and the statistics.
    package mutating func forgetActors() {
        actors.removeAll()
        trappedActors.removeAll()
        channels.removeAll()
        isRuntimeDead = false
    }

    /// Adds a fault to the script.
    package mutating func inject(_ fault: Fault) {
        script.append(fault)
    }

    /// Empties the script.
    package mutating func removeFaults() {
        script.removeAll()
    }

    private mutating func begin(_ now: Duration) {
        self.now = max(now, self.now)
        actions.removeAll(keepingCapacity: true)
    }

    private mutating func finish() -> [ServerAction] {
        let finished = actions
        actions = []
        return finished
    }
}
