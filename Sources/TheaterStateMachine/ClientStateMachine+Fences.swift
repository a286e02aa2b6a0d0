import TheaterProtocol

/// Fences: a command that touches nothing and echoes its nonce. When the echo arrives, every earlier
/// command of the connection has been answered or never will be (wire reference §8.2).
extension ClientStateMachine {
    mutating func makeFence() -> (command: Command, expectation: ReplyExpectation) {
        let command = Command.unsubscribeFromActor(
            .random(using: &generator), .random(using: &generator))
        return (command, ReplyExpectation(command))
    }

    /// A clearing fence behind the last abandoned slot, unless one is there already.
    mutating func ensureFence(on lane: Lane, now: MonotonicInstant) {
        let isCovered = lane.state.withReady { ready in
            for slot in ready.slots.reversed() {
                if case .fence = slot.occupant { return true }
                if slot.occupant == .abandoned { return false }
            }
            return true
        }
        if isCovered == false {
            appendFence(.clearing, patience: settings.fenceTimeout, to: lane)
        }
        noteFencesAtHead(of: lane, now: now)
    }

    mutating func appendFence(
        _ purpose: Slot.Fence.Purpose, patience: Duration, to lane: Lane
    ) {
        let (command, expectation) = makeFence()
        _ = lane.state.withReady { ready in
            // A fence is a hundred bytes: it always fits a frame.
            guard let bytes = try? ready.encoder.encode(command.encoded()) else { return }
            ready.outgoing.append(bytes)
            let fence = Slot.Fence(purpose: purpose, patience: patience, atHeadSince: nil)
            ready.append(
                Slot(
                    occupant: .fence(fence), expectation: expectation, write: ready.nextWrite))
        }
    }

    func noteFencesAtHead(of lane: Lane, now: MonotonicInstant) {
        _ = lane.state.withReady { $0.noteFencesAtHead(now: now) }
    }
}
