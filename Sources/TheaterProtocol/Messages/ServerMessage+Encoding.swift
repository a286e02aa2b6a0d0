extension ServerMessage {
    /// The JSON text a server of an era writes for this message.
    ///
    /// What an era has no place for is left out: an event's actor outside April 2025, its
    /// timestamp since 2026. What it requires and is missing becomes 0, empty or null.
    ///
    /// - Parameter era: Whose server writes.
    /// - Returns: UTF-8 bytes, to be packed by a `MessageEncoder`.
    public func encoded(as era: ServerEra) -> [UInt8] {
        var writer = JSONWriter()
        switch self {
        case .actorResult(let result):
            writer.writeObject { writer in
                writer.writeName(name)
                writer.write(result, as: era)
            }
        case .unknown(let variant, let content):
            writer.writeObject { $0.writeMember(variant, content) }
        default:
            writer.writeVariant(name) { writeMembers(to: &$0, as: era) }
        }
        return writer.bytes
    }

    /// Members in the server's order.
    private func writeMembers(to writer: inout JSONWriter, as era: ServerEra) {
        switch self {
        case .actorResult, .unknown:
            break
        case .actorStarted(let id), .actorStopped(let id), .unsubscribed(let id),
            .sentMessage(let id), .restarted(let id), .actorComponentUpdated(let id),
            .actorPackageUpdated(let id):
            writer.writeMember("id", id)
        case .actorList(let actors):
            writer.writeMember("actors", actors, as: era)
        case .subscribed(let id, let subscription):
            writer.writeMember("id", id)
            writer.writeMember("subscription_id", subscription.description)
        case .actorEvent(let id, let event):
            if era == .april2025, let id { writer.writeMember("id", id) }
            writer.writeName("event")
            writer.write(event, as: era)
        case .actorError(let id, let failure):
            if era == .april2025, let id { writer.writeMember("id", id) }
            writer.writeMember("error", failure, as: era)
        case .error(let error):
            writer.writeMember(error, as: era)
        case .requestedMessage(let id, let message):
            writer.writeMember("id", id)
            writer.writeMember("message", message)
        case .actorStatus(let id, let status):
            writer.writeMember("id", id)
            writer.writeMember("status", status.name)
        case .actorManifest(let id, let manifest):
            writer.writeMember("id", id)
            writer.writeMember("manifest", manifest)
        case .actorState(let id, let state):
            writer.writeMember("id", id)
            writer.writeMember("state", state, as: era)
        case .actorEvents(let id, let events):
            writer.writeMember("id", id)
            writer.writeName("events")
            writer.writeArray(events) { $0.write($1, as: era) }
        case .actorMetrics(let id, let metrics):
            writer.writeMember("id", id)
            writer.writeMember("metrics", metrics)
        case .channelOpened, .messageSent, .channelMessage, .channelClosed, .storeCreated:
            writeChannelMembers(to: &writer)
        }
    }

    private func writeChannelMembers(to writer: inout JSONWriter) {
        switch self {
        case .channelOpened(let channel, let target):
            writer.writeMember("channel_id", channel.text)
            writer.writeMember("actor_id", target)
        case .messageSent(let channel), .channelClosed(let channel):
            writer.writeMember("channel_id", channel.text)
        case .channelMessage(let channel, let sender, let message):
            writer.writeMember("channel_id", channel.text)
            writer.writeMember("sender_id", sender)
            writer.writeMember("message", message)
        case .storeCreated(let store):
            writer.writeMember("store_id", store)
        default:
            break
        }
    }
}
