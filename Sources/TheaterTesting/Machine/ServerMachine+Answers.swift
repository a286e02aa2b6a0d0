import TheaterProtocol

/// From steps to actions: where faults, latency, drops and zombies are decided.
extension ServerMachine {
    /// Carries out the steps of the command just executed.
    mutating func perform(_ fault: Fault.Action?, on id: ConnectionID) {
        // What follows a late answer on its own connection waits for it.
        var held: [ServerAction]?
        let delay = latency + (fault?.delay ?? .zero)
        for step in steps {
            switch step {
            case .push(let message, let target):
                guard connections[target]?.takesPushes == true else { continue }
                let action = ServerAction.send(message, on: target, .whole)
                if target == id, held != nil {
                    held?.append(action)
                } else {
                    actions.append(action)
                }
            case .answer(let message):
                let answer = answerActions(message, fault: fault, on: id)
                if delay > .zero { held = answer } else { answer.forEach { emit($0) } }
            case .drop:
                if let cut = fault?.cut { self.cut(id, cut) } else { drop(id) }
            case .wait(let actor):
                if let cut = fault?.cut {
                    self.cut(id, cut)
                } else {
                    connections[id]?.state = .waiting(for: actor)
                    actions.append(.stopReading(id))
                }
            case .release(let other):
                drop(other)
            case .cut(let other, let cut):
                self.cut(other, cut)
            }
        }
        steps.removeAll(keepingCapacity: true)
        if let held { delayActions(held, on: id, by: delay) }
    }

    private func answerActions(
        _ message: ServerMessage, fault: Fault.Action?, on id: ConnectionID
    ) -> [ServerAction] {
        if connections[id]?.isWriterDead == true { return [.cut(id, .close)] }
        return switch fault {
        case .splitReply(let bytes):
            [.send(message, on: id, .pieces(of: max(1, bytes)))]
        case .cutInsideReply(let bytes, let cut):
            [.send(message, on: id, .first(max(0, bytes))), .cut(id, cut)]
        case .cutAfterReply(let cut):
            [.send(message, on: id, .whole), .cut(id, cut)]
        case .cutBeforeReply(let cut):
            [.cut(id, cut)]
        case .swallowReply:
            []
        case .garbage(let bytes):
            [.sendBytes(bytes, on: id)]
        case nil, .delayReply, .hang, .cutBeforeExecuting:
            [.send(message, on: id, .whole)]
        }
    }

    mutating func delayActions(_ held: [ServerAction], on id: ConnectionID, by delay: Duration) {
        guard connections[id] != nil else { return }
        connections[id]?.state = .late(until: now + delay, held: held)
        actions.append(.stopReading(id))
    }

    mutating func emit(_ action: ServerAction) {
        switch action {
        case .cut(let id, let cut):
            self.cut(id, cut)
        case .send(_, let id, _), .sendBytes(_, let id), .stopReading(let id),
            .resumeReading(let id):
            // What was held behind a cut is lost with the connection.
            if connections[id] != nil { actions.append(action) }
        }
    }

    /// A command ends without an answer: the connection closes, or lives on as a zombie when a
    /// subscription, a channel or a parent registration holds its writer (wire reference §8.4).
    mutating func drop(_ id: ConnectionID) {
        guard let record = connections[id] else { return }
        if record.isWriterHeld {
            connections[id]?.state = .zombie
            actions.append(.stopReading(id))
        } else {
            cut(id, .close)
        }
    }

    mutating func hang(_ id: ConnectionID) {
        connections[id]?.state = .hung
        actions.append(.stopReading(id))
    }

    mutating func cut(_ id: ConnectionID, _ cut: Fault.Cut) {
        guard connections[id] != nil else { return }
        forget(id)
        actions.append(.cut(id, cut))
    }

    /// The map entries of a connection go with it; its channels stay open in the runtime (wire
    /// reference §8.9).
    mutating func forget(_ id: ConnectionID) {
        guard connections.removeValue(forKey: id) != nil else { return }
        statistics.connectionsOpen -= 1
        for actor in actors.keys { actors[actor]?.forget(id) }
        for (channel, record) in channels where record.opener == id {
            channels[channel]?.opener = nil
        }
    }
}

extension Fault.Action {
    /// How late the answer is.
    var delay: Duration {
        // A year is for good; larger sums could overflow.
        if case .delayReply(let delay) = self {
            min(max(delay, .zero), .seconds(31_536_000))
        } else {
            .zero
        }
    }
}
