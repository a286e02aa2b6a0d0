import TheaterProtocol

/// What the transport reports. Each event names its connection; one that no lane listens to is ignored.
extension ClientStateMachine {
    /// TCP is up, which proves only a listening kernel: the opening fence goes out.
    package mutating func connected(
        _ connection: ConnectionID, now: MonotonicInstant, into actions: inout Actions
    ) {
        guard let lane = lane(of: connection), let opening = lane.state.opening,
            let format = opening.dial.formats.first
        else { return }
        let (fence, expectation) = makeFence()
        lane.state.verify(
            expecting: expectation, in: format,
            deadline: echoDeadline(of: opening.dial, now: now))
        let bytes = lane.state.withVerifying { try? $0.encoder.encode(fence.encoded()) }
        guard let bytes, let bytes else { return }
        actions.transport.append(.write(connection, buffers: [bytes], token: 0))
    }

    /// How long to wait for the echo in the current format: a guess is given up soon.
    ///
    /// A plain server is silent on fragmenting frames, so silence there leaves time to try plain
    /// ones; nothing of the kind is true the other way round (wire reference §2.4).
    private func echoDeadline(of dial: Dial, now: MonotonicInstant) -> MonotonicInstant {
        if dial.isGuess || dial.isSecondTry {
            return min(now + settings.probeTimeout, dial.deadline)
        }
        guard dial.formats == [.fragmenting, .plain] else { return dial.deadline }
        return now + (dial.deadline - now) / 2
    }

    package mutating func wrote(
        _ connection: ConnectionID, token: UInt64, handedOver: Bool
    ) {
        guard handedOver, let lane = lane(of: connection) else { return }
        _ = lane.state.withSlots { $0.handOver(through: token) }
    }

    package mutating func received(
        _ bytes: [UInt8], on connection: ConnectionID, now: MonotonicInstant,
        into actions: inout Actions
    ) {
        guard let lane = lane(of: connection) else { return }
        _ = lane.state.withVerifying { $0.decoder.append(bytes) }
        _ = lane.state.withReady { $0.decoder.append(bytes) }
        do throws(WireError) {
            while let message = try nextMessage(on: lane, now: now) {
                handle(message, on: lane, now: now, into: &actions)
            }
        } catch {
            close(
                lane, because: .failure(.protocolViolation(error.description)), into: &actions)
        }
    }

    /// Nil when more bytes are needed, and when the lane has stopped listening in the meantime.
    private func nextMessage(
        on lane: Lane, now: MonotonicInstant
    ) throws(WireError) -> ServerMessage? {
        let time = Duration.nanoseconds(now.nanoseconds)
        let bytes =
            lane.state.withVerifying { verifying in
                Result { () throws(WireError) in try verifying.decoder.next(now: time) }
            }
            ?? lane.state.withReady { ready in
                Result { () throws(WireError) in try ready.decoder.next(now: time) }
            }
        guard let message = try bytes?.get() else { return nil }
        return try ServerMessage(decoding: message)
    }

    private mutating func handle(
        _ message: ServerMessage, on lane: Lane, now: MonotonicInstant, into actions: inout Actions
    ) {
        if let verifying = lane.state.verifying {
            if verifying.expectation.isMet(by: message) {
                becomeReady(lane, verifying, now: now, into: &actions)
            } else {
                let failure = LinkFailure.protocolViolation(
                    "the first message was \(message.name), not the echo of the opening fence")
                close(lane, because: .failure(failure), into: &actions)
            }
        } else {
            handleReply(message, on: lane, now: now, into: &actions)
        }
    }

    private mutating func becomeReady(
        _ lane: Lane, _ verifying: Verifying, now: MonotonicInstant, into actions: inout Actions
    ) {
        guard let format = verifying.dial.formats.first else { return }
        formats.didEcho(in: format)
        let spread = Double.random(
            in: -settings.heartbeatJitter...settings.heartbeatJitter, using: &generator)
        lane.state.becomeReady(
            format: format, heartbeatInterval: settings.heartbeatInterval * (1 + spread), now: now)
        if let (downtime, dials) = outage.ended(at: now) {
            actions.reports.append(.recovered(downtime: downtime, dials: dials))
        }
    }
}
