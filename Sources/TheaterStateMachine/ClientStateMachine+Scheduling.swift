import TheaterProtocol

/// Turning wishes into writes and dials.
extension ClientStateMachine {
    /// Called once after each batch of inputs.
    package mutating func settle(now: MonotonicInstant, into actions: inout Actions) {
        let wanted = assignQueued(now: now, into: &actions)
        gate.update(isDialWanted ? .some : .none, at: now)
        startDials(wanted, now: now, into: &actions)
        failHopeless(now: now, into: &actions)
        for lane in lanes { flush(lane, into: &actions) }
        proceedShutDown(now: now, into: &actions)
        reportState(into: &actions)
    }

    /// Gives each waiting request to a lane that may take it; returns the lanes still wanted, in the
    /// order of the requests that want them.
    private mutating func assignQueued(
        now: MonotonicInstant, into actions: inout Actions
    ) -> [Lane.Purpose] {
        isDialWanted = false
        guard queue.count > 0 || !subscriptions.isEmpty else { return [] }
        var wanted = WantedLanes(lanes: lanes, settings: settings)
        assignSubscriptions(to: &wanted, now: now)
        // Lanes only fill up during a pass: where one request found nothing, the next need not look.
        var exhausted: [Route] = []
        for id in queue.waiting {
            // Not after its deadline, which may have passed while the loop was busy.
            guard let request = requests[id], request.place == .queued, request.deadline > now
            else { continue }
            guard !exhausted.contains(request.route) else {
                setWaitingForDial(request, false)
                continue
            }
            switch choice(for: request, isExclusiveWaiting: exhausted.contains(.exclusive)) {
            case .lane(let lane):
                write(request, on: lane, now: now, into: &actions)
            case .none(let purpose) where wanted.add(purpose, for: request.route):
                setWaitingForDial(request, true)
            case .none, .wait:
                exhausted.append(request.route)
                setWaitingForDial(request, false)
            case .channelLost:
                fail(request, .channelLost, phase: .queued, now: now, into: &actions)
            }
        }
        queue.compact(keeping: requests)
        isDialWanted = wanted.isAnyWaiting
        return wanted.toDial
    }

    private mutating func setWaitingForDial(_ request: Request, _ isWaiting: Bool) {
        guard request.isWaitingForDial != isWaiting else { return }
        requests[request.id]?.isWaitingForDial = isWaiting
    }

    private enum Choice {
        case lane(Lane)
        /// None is free: one for this purpose is wanted.
        case none(Lane.Purpose)
        /// The lane is there, but occupied.
        case wait
        case channelLost
    }

    private func choice(for request: Request, isExclusiveWaiting: Bool) -> Choice {
        switch request.route {
        case .control:
            // One lane for all of them: when it is full, they wait.
            let isThere = lanes.contains { $0.purpose == .control && $0.load != nil }
            return free(.control, below: settings.inFlightPerLane)
                ?? (isThere ? .wait : .none(.control))
        case .reading where isExclusiveWaiting:
            // Reads that overlap for ever would keep every lane: they may keep the first of theirs,
            // and none when there is only one.
            guard settings.workLanes > 1, let lane = lanes.first(where: { isReading($0) }) else {
                return .wait
            }
            return hasRoom(lane) ? .lane(lane) : .wait
        case .reading:
            // Reads gather on one lane, so that the others stay free for exclusive commands.
            let lane = lanes.first { isReading($0) && hasRoom($0) }
            return lane.map { .lane($0) } ?? free(.work, below: 1) ?? .none(.work)
        case .exclusive:
            return free(.work, below: 1) ?? .none(.work)
        case .opening:
            return free(.channel(nil), below: 1) ?? .none(.channel(nil))
        case .subscription(let key):
            return free(.subscription(key), below: 1) ?? .none(.subscription(key))
        case .channel(let channel):
            if channels.isLost(channel) { return .channelLost }
            guard lanes.contains(where: { $0.purpose == .channel(channel) }) else {
                // Not ours: its id works on any connection (wire reference §7, SendOnChannel).
                return free(.work, below: 1) ?? .none(.work)
            }
            return free(.channel(channel), below: 1) ?? .wait
        }
    }

    private func free(_ purpose: Lane.Purpose, below limit: Int) -> Choice? {
        lanes.first { lane in
            guard lane.purpose == purpose, let load = lane.load else { return false }
            return load < limit
        }.map { .lane($0) }
    }

    private func hasRoom(_ lane: Lane) -> Bool {
        (lane.load ?? .max) < settings.inFlightPerLane
    }

    /// A work lane with something unanswered, and that nothing but reads.
    private func isReading(_ lane: Lane) -> Bool {
        guard lane.purpose == .work, let ready = lane.state.ready, !ready.isSuspect,
            !ready.slots.isEmpty
        else { return false }
        // Reads are written behind reads only, so the first one speaks for all.
        for slot in ready.slots {
            if case .request(let id) = slot.occupant { return requests[id]?.route == .reading }
        }
        return true
    }

    private mutating func write(
        _ request: Request, on lane: Lane, now: MonotonicInstant, into actions: inout Actions
    ) {
        let isWritten = lane.state.withReady { ready in
            guard let bytes = try? ready.encoder.encode(request.message) else { return false }
            ready.outgoing.append(bytes)
            ready.append(
                Slot(
                    occupant: .request(request.id), expectation: request.expectation,
                    write: ready.nextWrite))
            return true
        }
        guard isWritten == true else {
            fail(request, .messageTooLarge, phase: .queued, now: now, into: &actions)
            return
        }
        queue.remove(bytes: request.message.count)
        requests[request.id]?.place = .inFlight(lane.id)
        requests[request.id]?.isWaitingForDial = false
        if request.isUnknownToSomeEra, !commands.isAnswered(request.name) {
            // In a write of its own: when one write takes both and fails, the kernel may have had the
            // whole command, and it would be sent again.
            if request.hasEffect { flush(lane, into: &actions) }
            appendFence(.clearing, patience: settings.fenceTimeout, to: lane)
        }
    }

    /// One write for all that has been put on a lane.
    private func flush(_ lane: Lane, into actions: inout Actions) {
        let write = lane.state.withReady { ready -> TransportAction? in
            guard !ready.outgoing.isEmpty else { return nil }
            let action = TransportAction.write(
                ready.connection, buffers: ready.outgoing, token: ready.nextWrite)
            ready.outgoing.removeAll(keepingCapacity: true)
            ready.nextWrite += 1
            return action
        }
        if let write, let write { actions.transport.append(write) }
    }
}

/// Counts which lanes are missing, given those that are there or on their way.
struct WantedLanes {
    private var onTheWay: [Lane.Purpose: Int] = [:]
    private var room: [Lane.Purpose: Int]
    private var readingIsServed = false
    private var controlIsServed = false
    private(set) var toDial: [Lane.Purpose] = []
    private(set) var isAnyWaiting = false

    init(lanes: [Lane], settings: Settings) {
        room = [
            .work: settings.workLanes, .control: settings.controlLanes,
            .channel(nil): settings.openingLanes,
        ]
        for lane in lanes {
            room[lane.purpose]? -= 1
            if lane.isDialling { onTheWay[lane.purpose, default: 0] += 1 }
        }
    }

    /// True when a dial is on its way for this request, or wanted; false when it waits for a busy lane.
    mutating func add(_ purpose: Lane.Purpose, for route: Route) -> Bool {
        // All control commands share one lane, and all reads another.
        if route == .control && controlIsServed || route == .reading && readingIsServed {
            isAnyWaiting = true
            return true
        }
        if let count = onTheWay[purpose], count > 0 {
            onTheWay[purpose] = count - 1
        } else if room[purpose, default: 1] > 0 {
            // A subscription's lane is not counted: it is one of its own.
            room[purpose]? -= 1
            toDial.append(purpose)
        } else {
            return false
        }
        if route == .control { controlIsServed = true }
        if route == .reading { readingIsServed = true }
        isAnyWaiting = true
        return true
    }
}
