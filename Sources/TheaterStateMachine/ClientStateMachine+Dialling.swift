import TheaterProtocol

/// Starting dials, and telling those for whom none can come in time.
extension ClientStateMachine {
    /// One dial at a time until an echo has proved that the endpoint is there; then several at once.
    mutating func startDials(
        _ wanted: [Lane.Purpose], now: MonotonicInstant, into actions: inout Actions
    ) {
        guard lifecycle == .running, gate.mayDial(at: now), !lanes.contains(where: \.isBeingLost)
        else { return }
        let limit = isAnyLaneReady ? settings.dialsAtOnceWhenProved : 1
        var room = limit - lanes.count { $0.isDialling }
        for purpose in wanted {
            guard room > 0 else { return }
            room -= 1
            dial(purpose, now: now, into: &actions)
        }
    }

    private mutating func dial(
        _ purpose: Lane.Purpose, now: MonotonicInstant, into actions: inout Actions
    ) {
        let lane = Lane(id: nextLaneID(), purpose: purpose)
        lanes.append(lane)
        let attempt = gate.failures + 1
        let connection = makeConnectionID()
        lane.state.open(
            connection,
            dial: Dial(
                attempt: attempt, deadline: now + settings.connectTimeout,
                formats: formats.formatsToTry, isGuess: formats.isGuess))
        outage.dialled()
        actions.transport.append(.open(connection))
        actions.reports.append(.dialStarted(attempt: attempt))
    }

    private func nextLaneID() -> LaneID {
        var number = 0
        while lanes.contains(where: { $0.id.number == number }) { number += 1 }
        return LaneID(number)
    }

    /// A request whose deadline comes before the next dial fails now: waiting would tell it nothing new.
    mutating func failHopeless(now: MonotonicInstant, into actions: inout Actions) {
        guard queue.count > 0, let nextDialAt = gate.nextDialAt, nextDialAt > now,
            !lanes.contains(where: \.isDialling)
        else { return }
        for id in queue.waiting {
            guard var request = requests[id], request.isWaitingForDial,
                request.deadline <= nextDialAt
            else { continue }
            request.lastLinkFailure = request.lastLinkFailure ?? lastFailure
            fail(
                request, .notConnected, phase: .connecting, retryAfter: nextDialAt - now, now: now,
                into: &actions)
        }
    }
}
