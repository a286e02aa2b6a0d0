import TheaterProtocol

/// Time. One deadline out, one input in.
extension ClientStateMachine {
    /// When `deadlineReached` wants to be called next; nil: only after another input.
    package mutating func nextDeadline() -> MonotonicInstant? {
        var next = deadlines.earliest(among: requests) ?? .distantFuture
        if isDialWanted, lifecycle == .running, let nextDialAt = gate.nextDialAt,
            !lanes.contains(where: { $0.isDialling || $0.isBeingLost })
        {
            next = min(next, nextDialAt)
        }
        for lane in lanes {
            if let due = due(of: lane) { next = min(next, due.at) }
        }
        if case .draining(let until) = lifecycle { next = min(next, until) }
        return next == .distantFuture ? nil : next
    }

    package mutating func deadlineReached(now: MonotonicInstant, into actions: inout Actions) {
        while let id = deadlines.popExpired(at: now, among: requests) {
            guard var request = requests[id] else { continue }
            request.lastLinkFailure = request.lastLinkFailure ?? lastFailureWhileDown
            giveUp(request, .timedOut, now: now, into: &actions)
        }
        for lane in lanes {
            guard let due = due(of: lane), due.at <= now else { continue }
            switch due.what {
            case .failure(let failure): close(lane, because: .failure(failure), into: &actions)
            case .heartbeat: beat(lane, now: now, into: &actions)
            }
        }
        if case .draining(let until) = lifecycle, until <= now {
            failAll(now: now, into: &actions)
        }
    }

    private var lastFailureWhileDown: LinkFailure? { isAnyLaneReady ? nil : lastFailure }

    private enum Due {
        case failure(LinkFailure)
        case heartbeat
    }

    /// What a lane has to do by itself, and when.
    private func due(of lane: Lane) -> (at: MonotonicInstant, what: Due)? {
        switch lane.state {
        case .idle: return nil
        case .closing: return nil
        case .opening(let opening):
            return (opening.dial.deadline, .failure(.connectTimedOut))
        case .verifying(let verifying):
            return (verifying.deadline, .failure(.noEcho))
        case .ready(let ready):
            for slot in ready.slots {
                guard case .fence(let fence) = slot.occupant, let since = fence.atHeadSince else {
                    continue
                }
                let failure: LinkFailure =
                    fence.purpose == .heartbeat ? .heartbeatMissed : .unresponsive
                return (since + fence.patience, .failure(failure))
            }
            guard ready.slots.isEmpty else { return nil }
            return (ready.lastReplyAt + ready.heartbeatInterval, .heartbeat)
        }
    }

    /// An idle lane shows that it lives; one that nobody needs any more is closed instead.
    private mutating func beat(_ lane: Lane, now: MonotonicInstant, into actions: inout Actions) {
        let isSpare: Bool =
            switch lane.purpose {
            case .control, .work:
                lanes.contains {
                    $0.purpose == lane.purpose && $0.isReady && $0.id.number < lane.id.number
                }
            case .channel(let channel): channel.map(channels.isLost) ?? true
            case .subscription(let key): subscriptions[key] == nil
            }
        if isSpare {
            close(lane, because: .retired, into: &actions)
        } else {
            appendFence(.heartbeat, patience: settings.heartbeatTimeout, to: lane)
            if case .subscription(let key) = lane.purpose { appendCensus(for: key, to: lane) }
            noteFencesAtHead(of: lane, now: now)
        }
    }
}
