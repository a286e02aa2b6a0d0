import TheaterProtocol

/// What callers do: submit and cancel.
extension ClientStateMachine {
    package mutating func submit(
        _ submission: Submission, now: MonotonicInstant, into actions: inout Actions
    ) {
        let request = Request(submission, at: now, dropLimit: settings.dropsPerRequest)
        let refusal: RequestFailure.Kind? =
            if lifecycle != .running {
                .clientClosed
            } else if request.message.count > Limits.messageBytes {
                .messageTooLarge
            } else if commands.isUnsupported(request.name) {
                .unsupportedByServer
            } else if case .channel(let channel) = request.route, channels.isLost(channel) {
                .channelLost
            } else if !queue.hasRoom(forBytes: request.message.count) {
                .queueFull
            } else {
                nil
            }
        requests[request.id] = request
        queue.append(request.id, bytes: request.message.count)
        if let refusal {
            fail(request, refusal, phase: .queued, now: now, into: &actions)
        } else {
            deadlines.insert(request.id, at: request.deadline, among: requests)
        }
    }

    /// The caller is told at once.
    ///
    /// A command that was written keeps its slot, so that its reply reaches nobody else.
    package mutating func cancel(
        _ id: RequestID, now: MonotonicInstant, into actions: inout Actions
    ) {
        guard let request = requests[id] else { return }
        giveUp(request, .cancelled, now: now, into: &actions)
    }

    /// Ends a request whose caller will not wait any longer.
    mutating func giveUp(
        _ request: Request, _ kind: RequestFailure.Kind, now: MonotonicInstant,
        into actions: inout Actions
    ) {
        switch request.place {
        case .queued:
            let phase: RequestFailure.Phase = request.isWaitingForDial ? .connecting : .queued
            fail(
                request, kind, phase: phase, retryAfter: timeToNextDial(now: now), now: now,
                into: &actions)
        case .inFlight(let laneID):
            let isHandedOver = abandonSlot(of: request.id, on: laneID, now: now)
            // The rest of a frame that is being written follows even now, so from the first byte on the
            // command may still be executed.
            var request = request
            request.attempts += 1
            fail(
                request, kind, phase: isHandedOver ? .sent : .writing,
                mayHaveExecuted: request.hasEffect, now: now, into: &actions)
        }
    }

    func timeToNextDial(now: MonotonicInstant) -> Duration? {
        guard let next = gate.nextDialAt, next > now else { return nil }
        return next - now
    }

    /// Leaves a tombstone and sees to it that a fence follows.
    ///
    /// Returns whether the kernel had the command.
    private mutating func abandonSlot(
        of id: RequestID, on laneID: LaneID, now: MonotonicInstant
    ) -> Bool {
        guard let lane = lanes.first(where: { $0.id == laneID }) else { return false }
        let isHandedOver = lane.state.withSlots { $0.abandon(id) } ?? nil
        ensureFence(on: lane, now: now)
        return isHandedOver ?? false
    }
}
