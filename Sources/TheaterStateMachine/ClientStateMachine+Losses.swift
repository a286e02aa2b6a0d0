import TheaterProtocol

/// What the end of a connection means for the dial, the endpoint and the requests.
extension ClientStateMachine {
    /// The connection is gone; the fate of every write has been reported before.
    package mutating func ended(
        _ connection: ConnectionID, cause: LinkFailure, now: MonotonicInstant,
        into actions: inout Actions
    ) {
        guard let lane = lane(of: connection), let ended = lane.state.end() else { return }
        switch ended {
        case .opening(let dial):
            dialFailed(dial, on: lane, cause, now: now, into: &actions)
        case .verifying(let dial):
            let cause = cause == .closedByPeer ? .closedBeforeEcho : cause
            verificationFailed(dial, on: lane, cause, now: now, into: &actions)
        case .ready(let ready):
            connectionLost(ready, on: lane, cause, now: now, into: &actions)
        case .closing(let closing):
            switch (closing.before, closing.reason) {
            case (.dialling(let dial), .failure(let failure)):
                verificationFailed(dial, on: lane, failure, now: now, into: &actions)
            case (.dialling, .retired):
                break
            case (.ready(let ready), .failure(let failure)):
                connectionLost(ready, on: lane, failure, now: now, into: &actions)
            case (.ready(let ready), .retired):
                loseChannel(of: lane, .closedByClient, into: &actions)
                returnRequests(of: ready, .closedByClient, now: now, into: &actions)
            }
        }
        // A lane is made anew for each dial that somebody wants.
        lanes.removeAll { $0.isIdle }
    }

    /// No echo in this format.
    ///
    /// If another may be the right one, the same dial goes on with that.
    private mutating func verificationFailed(
        _ dial: Dial, on lane: Lane, _ cause: LinkFailure, now: MonotonicInstant,
        into actions: inout Actions
    ) {
        guard mayBeOtherFormat(dial, cause), lifecycle == .running else {
            dialFailed(dial, on: lane, cause, now: now, into: &actions)
            return
        }
        var dial = dial
        dial.formats.removeFirst()
        dial.isSecondTry = true
        let connection = makeConnectionID()
        lane.state.open(connection, dial: dial)
        actions.transport.append(.open(connection))
    }

    /// A fragmenting server closes on a plain fence, a plain one is silent on a fragmenting fence
    /// (wire reference §2.4).
    ///
    /// While nothing is known, either may mean either.
    private func mayBeOtherFormat(_ dial: Dial, _ cause: LinkFailure) -> Bool {
        guard dial.formats.count > 1 else { return false }
        switch cause {
        case .closedBeforeEcho: return dial.isGuess || dial.formats[0] == .plain
        case .noEcho: return dial.isGuess || dial.formats[0] == .fragmenting
        default: return false
        }
    }

    /// Everyone who waited for the dial shares its failure: one attempt, however many dials failed
    /// side by side.
    private mutating func dialFailed(
        _ dial: Dial, on lane: Lane, _ cause: LinkFailure, now: MonotonicInstant,
        into actions: inout Actions
    ) {
        if !isAnyLaneReady { outage.began(at: now) }
        lastFailure = cause
        let isNews = gate.isNews(dial.attempt)
        let wait = gate.dialFailed(attempt: dial.attempt, at: now, using: &generator)
        actions.reports.append(
            .dialFailed(attempt: dial.attempt, cause: cause, nextDialIn: wait))
        guard isNews else { return }
        for id in queue.waiting {
            guard var request = requests[id], request.isWaitingForDial else { continue }
            request.attempts += 1
            request.lastLinkFailure = cause
            requests[id] = request
            if request.attempts >= settings.attemptsPerRequest
                || wait > settings.longestWaitAfterFailure
            {
                fail(
                    request, .notConnected, phase: .connecting, retryAfter: wait, now: now,
                    into: &actions)
            }
        }
    }

    private mutating func connectionLost(
        _ ready: Ready, on lane: Lane, _ cause: LinkFailure, now: MonotonicInstant,
        into actions: inout Actions
    ) {
        if !isAnyLaneReady { outage.began(at: now) }
        lastFailure = cause
        let isStable = ready.isProven || now - ready.since >= settings.stableAfter
        let isExcused = isStable || isAnyLaneReady || droppedByCommand(ready, cause)
        gate.connectionLost(
            isExcused ? .excused : .unexcused, upSince: ready.since, at: now, using: &generator)
        if !isAnyLaneReady { commands = CommandMemory() }
        actions.reports.append(.connectionLost(cause))
        loseChannel(of: lane, cause, into: &actions)
        loseSubscription(of: lane, cause, into: &actions)
        returnRequests(of: ready, cause, now: now, into: &actions)
    }

    /// Some servers refuse some commands by closing the link: that is no sign of trouble.
    private func droppedByCommand(_ ready: Ready, _ cause: LinkFailure) -> Bool {
        guard cause == .closedByPeer, let head = ready.slots.first, head.isHandedOver,
            case .request(let id) = head.occupant, let request = requests[id]
        else { return false }
        return request.mayDropLink
    }

    private mutating func loseChannel(
        of lane: Lane, _ cause: LinkFailure, into actions: inout Actions
    ) {
        guard case .channel(let channel) = lane.purpose, let channel else { return }
        channels.didLose(channel)
        actions.pushes.append(.channelLost(channel, cause))
    }

    /// Sorts the requests of a lost connection: again, or to their callers with what is known.
    private mutating func returnRequests(
        of ready: Ready, _ cause: LinkFailure, now: MonotonicInstant, into actions: inout Actions
    ) {
        var again: [(id: RequestID, bytes: Int)] = []
        let isDroppedByHead = droppedByCommand(ready, cause)
        for (position, slot) in ready.slots.enumerated() {
            guard case .request(let id) = slot.occupant, var request = requests[id] else {
                continue
            }
            // Neighbours of a command that the server closes the link on are not to blame.
            if position == 0 || !isDroppedByHead { request.attempts += 1 }
            request.lastLinkFailure = cause
            // Pipelined commands share writes, and of a write that failed only the last frame is known
            // to be incomplete.
            if slot.isHandedOver || request.route == .control { request.wasHandedOver = true }
            if isDroppedByHead, position == 0 { request.drops += 1 }
            if let kind = reasonNotToSendAgain(request, isHandedOver: slot.isHandedOver) {
                requests[id] = request
                fail(
                    request, kind, phase: slot.isHandedOver ? .sent : .writing, now: now,
                    into: &actions)
            } else {
                request.place = .queued
                requests[id] = request
                again.append((id, request.message.count))
                actions.reports.append(.requestSentAgain(id, attempt: request.attempts + 1))
            }
        }
        queue.putBack(again)
    }

    /// Nil: the request goes back to the queue.
    private func reasonNotToSendAgain(
        _ request: Request, isHandedOver: Bool
    ) -> RequestFailure.Kind? {
        if isHandedOver, !request.maySendAgain { return .outcomeUnknown }
        if isHandedOver, request.drops >= request.dropLimit { return .serverClosedOnRequest }
        guard lifecycle == .running else { return .clientClosed }
        if case .channel(let channel) = request.route, channels.isLost(channel) {
            return .channelLost
        }
        if request.attempts >= settings.attemptsPerRequest {
            return request.wasHandedOver && request.hasEffect ? .outcomeUnknown : .notConnected
        }
        return nil
    }
}
