import TheaterProtocol

/// Which message belongs to whom. Replies come in the order of the commands, without ids; pushes come
/// in between (wire reference §8.2).
extension ClientStateMachine {
    mutating func handleReply(
        _ message: ServerMessage, on lane: Lane, now: MonotonicInstant, into actions: inout Actions
    ) {
        switch message {
        case .actorEvent, .actorError, .actorResult, .channelMessage:
            actions.pushes.append(.message(message, from: lane.purpose))
        case .channelClosed(let channel) where !isExpectedAtHead(message, of: lane):
            actions.pushes.append(.message(message, from: lane.purpose))
            channelEnded(channel, on: lane, into: &actions)
        case .unknown(let variant, _):
            // A newer server may push what this client does not know. If it was a reply after all, the
            // deadline of the request at the head says so.
            actions.reports.append(.unknownMessage(variant: variant))
        default:
            fillSlot(with: message, on: lane, now: now, into: &actions)
        }
    }

    /// The other side closed the channel: its lane is of no more use once all is answered.
    private mutating func channelEnded(
        _ channel: ChannelID, on lane: Lane, into actions: inout Actions
    ) {
        guard lane.purpose == .channel(channel) else { return }
        channels.didLose(channel)
        if lane.load == 0 { close(lane, because: .retired, into: &actions) }
    }

    private func isExpectedAtHead(_ message: ServerMessage, of lane: Lane) -> Bool {
        lane.state.ready?.slots.first?.expectation.isMet(by: message) == true
    }

    private mutating func fillSlot(
        with message: ServerMessage, on lane: Lane, now: MonotonicInstant,
        into actions: inout Actions
    ) {
        if case .unsubscribed = message, let position = position(ofFenceMetBy: message, on: lane) {
            clearSlots(through: position, of: lane, now: now, into: &actions)
            return
        }
        let head = lane.state.withReady { ready -> Slot? in
            guard let head = ready.slots.first, head.expectation.isMet(by: message) else {
                return nil
            }
            ready.lastReplyAt = now
            return ready.popSlot()
        }
        guard let head, let slot = head else {
            let failure = LinkFailure.outOfStep("\(message.name) answers no command")
            close(lane, because: .failure(failure), into: &actions)
            return
        }
        if slot.expectation.provesRuntime { prove(lane) }
        if case .request(let id) = slot.occupant, let request = requests[id] {
            commands.didAnswer(request.name)
            follow(message, of: request, on: lane, into: &actions)
            complete(id, .success(message), into: &actions)
        } else if case .channelOpened = message {
            // Whoever asked has given up: nobody would ever use or close this channel.
            close(lane, because: .retired, into: &actions)
        }
        if case .subscription(let key) = slot.occupant {
            subscriptionAnswered(key, message, on: lane, into: &actions)
        }
        noteFencesAtHead(of: lane, now: now)
    }

    private func position(ofFenceMetBy message: ServerMessage, on lane: Lane) -> Int? {
        guard let slots = lane.state.ready?.slots else { return nil }
        return slots.indices.first { index in
            guard case .fence = slots[index].occupant else { return false }
            return slots[index].expectation.isMet(by: message)
        }
    }

    private mutating func prove(_ lane: Lane) {
        gate.proved()
        _ = lane.state.withReady { $0.isProven = true }
    }

    /// What a reply changes about its lane.
    private mutating func follow(
        _ message: ServerMessage, of request: Request, on lane: Lane, into actions: inout Actions
    ) {
        switch (request.route, message) {
        case (.opening, .channelOpened(let channel, _)):
            lane.purpose = .channel(channel)
        case (.subscription(let key), .actorStarted(let actor)):
            didStart(actor, for: key, into: &actions)
        case (.subscription, .error):
            close(lane, because: .retired, into: &actions)
        case (.channel(let channel), .channelClosed) where lane.purpose == .channel(channel):
            // A connection that ever carried a channel may turn into a zombie (wire reference §8.4).
            close(lane, because: .retired, into: &actions)
        default: break
        }
    }

    /// The echo of a fence: whatever stands before it was not answered, and never will be.
    private mutating func clearSlots(
        through position: Int, of lane: Lane, now: MonotonicInstant, into actions: inout Actions
    ) {
        let cleared = lane.state.withReady { ready in
            ready.lastReplyAt = now
            return (0...position).compactMap { _ in ready.popSlot() }
        }
        for slot in cleared ?? [] {
            if case .subscription = slot.occupant {
                // Passed over in silence: this connection will never carry the events.
                return close(lane, because: .failure(.unresponsive), into: &actions)
            }
            guard case .request(let id) = slot.occupant, var request = requests[id] else {
                continue
            }
            request.attempts += 1
            if request.isUnknownToSomeEra, !commands.isAnswered(request.name) {
                commands.didNotAnswer(request.name)
                fail(request, .unsupportedByServer, phase: .sent, now: now, into: &actions)
            } else {
                fail(
                    request, .unanswered, phase: .sent, mayHaveExecuted: request.hasEffect,
                    now: now, into: &actions)
            }
        }
        noteFencesAtHead(of: lane, now: now)
    }
}
