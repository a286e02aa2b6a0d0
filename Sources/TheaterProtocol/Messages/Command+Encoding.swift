extension Command {
    /// The JSON text of the command, the same for every era.
    ///
    /// `parent` and `subscribe` are always there: servers since 2025-05-19 require them, earlier
    /// ones ignore them.
    ///
    /// - Returns: UTF-8 bytes, to be packed by a `MessageEncoder`.
    public func encoded() -> [UInt8] {
        var writer = JSONWriter()
        if self == .listActors {
            // A unit variant is a bare string; `NewStore` is an empty struct (wire reference §3).
            writer.write(name)
        } else {
            writer.writeVariant(name, writeMembers)
        }
        return writer.bytes
    }

    private func writeMembers(to writer: inout JSONWriter) {
        switch self {
        case .listActors, .newStore:
            break
        case .startActor(let manifest, let initialState, let parent, let subscribe):
            writer.writeMember("manifest", manifest)
            writer.writeMember("initial_state", initialState)
            writer.writeMember("parent", parent)
            writer.writeMember("subscribe", subscribe)
        case .stopActor(let id), .terminateActor(let id), .subscribeToActor(let id),
            .getActorManifest(let id), .getActorStatus(let id), .restartActor(let id),
            .getActorState(let id), .getActorEvents(let id), .getActorMetrics(let id):
            writer.writeMember("id", id)
        case .unsubscribeFromActor(let id, let subscription):
            writer.writeMember("id", id)
            writer.writeMember("subscription_id", subscription.description)
        case .sendActorMessage(let id, let data), .requestActorMessage(let id, let data):
            writer.writeMember("id", id)
            writer.writeMember("data", data)
        case .updateActorComponent(let id, let component):
            writer.writeMember("id", id)
            writer.writeMember("component", component)
        case .updateActorPackage(let id, let package):
            writer.writeMember("id", id)
            writer.writeMember("package", package)
        case .openChannel(let participant, let initialMessage):
            writer.writeMember("actor_id", participant)
            writer.writeMember("initial_message", initialMessage)
        case .sendOnChannel(let channel, let message):
            writer.writeMember("channel_id", channel.text)
            writer.writeMember("message", message)
        case .closeChannel(let channel):
            writer.writeMember("channel_id", channel.text)
        }
    }
}
