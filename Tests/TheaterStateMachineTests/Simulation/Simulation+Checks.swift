import TheaterProtocol

@testable import TheaterStateMachine

/// What holds after every step.
extension Simulation {
    func check() {
        checkTime()
        checkAccounts()
        checkLanes()
        checkState()
    }

    private func checkTime() {
        let next = machine.nextDeadline()
        if let next, next <= now { violated("a deadline that has passed is still due") }
        for id in live {
            guard let deadline = calls[id]?.deadline else { continue }
            if deadline <= now { violated("\(id) outlives its deadline") }
            if deadline < next ?? .distantFuture { violated("nobody wakes for \(id)") }
        }
    }

    private func checkAccounts() {
        let gauge = machine.gauge
        if gauge.queued + gauge.inFlight != live.count {
            violated("\(gauge) for \(live.count) calls")
        }
        let queued = machine.requests.values.filter { $0.place == .queued }
        if machine.queue.count != queued.count
            || machine.queue.byteCount != queued.reduce(0, { $0 + $1.message.count })
        {
            violated("queue counts \(machine.queue.count), \(machine.queue.byteCount)")
        }
        if machine.lanes.count != connections.count { violated("lanes without a connection") }
    }

    private func checkLanes() {
        for lane in machine.lanes {
            guard let ready = lane.state.ready else { continue }
            let occupants = ready.slots.map(\.occupant)
            if ready.isSuspect != occupants.contains(.abandoned) { violated("suspect by mistake") }
            let isWatched =
                occupants.isEmpty
                || occupants.contains { occupant in
                    switch occupant {
                    case .request: true
                    case .abandoned, .subscription: false
                    case .fence(let fence): fence.atHeadSince != nil
                    }
                }
            if !isWatched { violated("nobody would notice that \(lane.purpose) is dead") }
        }
    }

    private func checkState() {
        if let lastReport, lastReport != machine.linkState { violated("state not reported") }
        let isConnected = connections.contains { $0.isEchoed && !$0.isClosing }
        if case .connected = machine.linkState {
            if !isConnected { violated("connected without an echo") }
        } else if isConnected {
            violated("an echo, but \(machine.linkState)")
        }
        if isFinished, !connections.isEmpty || !live.isEmpty { violated("finished too early") }
    }

    /// Everything that holds at the end of a run.
    func checkHistory() {
        for call in calls.values {
            violations += call.violations()
            if call.isLive { violated("\(call.id) never ended") }
        }
        if !isFinished { violated("never finished") }
    }
}

/// Watches the pace of dials: no dial before the announced wait is over, unless something was proved.
struct DialWatch {
    private var notBefore: MonotonicInstant?
    private var failedAt: MonotonicInstant?

    mutating func didFail(at now: MonotonicInstant, wait: Duration) {
        notBefore = now + wait
        failedAt = now
    }

    mutating func didStart(at now: MonotonicInstant, into violations: inout [String]) {
        defer { notBefore = nil }
        guard let notBefore, let failedAt, now < notBefore else { return }
        // Nobody may have wanted one for a while: then a series starts anew.
        if now - failedAt >= .seconds(2) { return }
        violations.append("dial \(notBefore - now) too early")
    }

    /// A reply ends the series.
    mutating func didProve() { notBefore = nil }
    /// An excused loss allows a dial at once.
    mutating func didLose() { notBefore = nil }
}
