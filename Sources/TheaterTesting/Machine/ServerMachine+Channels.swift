import TheaterProtocol

/// OpenChannel, SendOnChannel and CloseChannel (wire reference §7).
extension ServerMachine {
    mutating func openChannel(
        to target: ChannelParticipant, message: [UInt8], on connection: ConnectionID
    ) {
        let isRouted = behavior.messaging == .router
        guard case .actor(let id) = target else {
            let reason = isRouted ? "external participant" : "self"
            return refuseChannel("Cannot open channel to \(reason)")
        }
        guard let actor = actors[id], behavior.runsInit, !(isRouted && actor.isPaused) else {
            return refuseChannel(
                isRouted ? "Actor not found: Actor(\(id))" : "Target actor not found")
        }
        switch deliver(ActorCall(kind: .channelOpen, payload: message), to: id) {
        case .returned:
            let channel = newChannelID()
            channels[channel] = ChannelRecord(actor: id, opener: connection)
            connections[connection]?.isWriterHeld = true
            answer(.channelOpened(channel, target))
        case .refused:
            let untyped = ManagementError.message("Channel rejected by target actor")
            answer(.error(behavior.hasTypedErrors ? .channelRejected : untyped))
        case .deferred, .failed, .undelivered:
            refuseChannel(
                isRouted
                    ? "Actor didn't respond to channel open: channel closed"
                    : "Failed to receive channel open response")
        }
    }

    private mutating func refuseChannel(_ reason: String) {
        answer(.error(.runtimeError("Error opening channel: \(reason)")))
    }

    private mutating func newChannelID() -> ChannelID {
        let digits = String(generator.next(), radix: 16)
        return ChannelID("ch_" + String(repeating: "0", count: 16 - digits.count) + digits)
    }

    mutating func sendOnChannel(_ id: ChannelID, message: [UInt8]) {
        guard let channel = channels[id], actors[channel.actor] != nil else {
            guard behavior.messaging == .router else { return answer(.messageSent(id)) }
            let reason = channels[id].map { "Recipient actor not found: Actor(\($0.actor))" }
            return answer(
                .error(
                    .runtimeError(
                        "Failed to send on channel: " + (reason ?? "Channel not found: \(id)"))))
        }
        // Answered before the actor sees it: its own messages come after.
        answer(.messageSent(id))
        let outcome = deliver(ActorCall(kind: .channelMessage, payload: message), to: channel.actor)
        let push: ServerMessage
        switch outcome {
        case .returned(let echo):
            push = .channelMessage(id, sender: .actor(channel.actor), message: echo)
        case .refused:
            channels[id] = nil
            push = .channelClosed(id)
        case .deferred, .failed, .undelivered:
            return
        }
        // Since 2025-12 nothing an actor does on a channel reaches the client.
        guard behavior.messaging == .runtime, let opener = channel.opener else { return }
        steps.append(.push(push, to: opener))
    }

    mutating func closeChannel(_ id: ChannelID) {
        let wasOpen = channels.removeValue(forKey: id) != nil
        guard wasOpen || behavior.messaging == .runtime else {
            return answer(
                .error(.runtimeError("Failed to close channel: Channel not found: \(id)")))
        }
        answer(.channelClosed(id))
    }
}
