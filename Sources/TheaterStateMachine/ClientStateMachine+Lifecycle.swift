import TheaterProtocol

/// The end, and what the whole looks like from outside.
extension ClientStateMachine {
    /// Takes no more requests.
    ///
    /// Those in flight may finish within `drain`; those that were never sent end now.
    package mutating func shutDown(
        drain: Duration, now: MonotonicInstant, into actions: inout Actions
    ) {
        guard lifecycle == .running else { return }
        lifecycle = .draining(until: now + drain)
        for key in subscriptions.keys { unsubscribe(key, into: &actions) }
        for request in requests.values where request.place == .queued {
            fail(request, .clientClosed, phase: .queued, now: now, into: &actions)
        }
        if drain <= .zero { failAll(now: now, into: &actions) }
    }

    mutating func failAll(now: MonotonicInstant, into actions: inout Actions) {
        for request in requests.values {
            giveUp(request, .clientClosed, now: now, into: &actions)
        }
    }

    /// draining → closing once nothing is in flight; closing → finished once every connection has ended.
    mutating func proceedShutDown(now: MonotonicInstant, into actions: inout Actions) {
        if case .draining = lifecycle, requests.isEmpty {
            lifecycle = .closing
            for lane in lanes { close(lane, because: .retired, into: &actions) }
        }
        if case .closing = lifecycle, lanes.allSatisfy(\.isIdle) {
            lifecycle = .finished
            actions.transport.append(.finished)
        }
    }

    /// The state of the link as a whole: the best of its lanes.
    package var linkState: LinkState {
        if lifecycle == .finished { return .closed }
        var connected: LinkState?
        var connectedSince: MonotonicInstant?
        var connecting: LinkState?
        for lane in lanes {
            switch lane.state {
            case .ready(let ready) where ready.since < connectedSince ?? .distantFuture:
                connectedSince = ready.since
                connected = .connected(since: ready.since, ready.format)
            case .opening(let opening):
                connecting = connecting ?? .connecting(.dialling, attempt: opening.dial.attempt)
            case .verifying(let verifying):
                connecting = .connecting(.verifying, attempt: verifying.dial.attempt)
            case .closing(let closing):
                // The dial goes on, or fails, when its connection has ended.
                guard case .dialling(let dial) = closing.before else { continue }
                connecting = connecting ?? .connecting(.verifying, attempt: dial.attempt)
            default: break
            }
        }
        return connected ?? connecting
            ?? .disconnected(
                retryAt: gate.nextDialAt, attempt: gate.failures, lastFailure: lastFailure)
    }

    mutating func reportState(into actions: inout Actions) {
        let state = linkState
        guard state != reportedState else { return }
        reportedState = state
        actions.reports.append(.stateChanged(state))
    }

    package struct Gauge: Sendable, Equatable {
        package var queued: Int
        package var inFlight: Int
        package var lanes: Int
    }

    package var gauge: Gauge {
        Gauge(
            queued: queue.count, inFlight: requests.count - queue.count,
            lanes: lanes.count { $0.isReady })
    }
}

extension MonotonicInstant {
    static var distantFuture: Self { Self(nanoseconds: .max) }
}
