import TheaterProtocol

extension Command {
    /// What matters of a command, in one line.
    var fields: String {
        switch self {
        case .startActor(let manifest, let state, let parent, let subscribe):
            var fields = ["manifest \(Excerpt.line(manifest))"]
            if parent { fields.append("as parent") }
            if subscribe { fields.append("subscribes") }
            if let state { fields.append("state \(Excerpt.payload(state))") }
            return fields.joined(separator: ", ")
        case .listActors, .newStore:
            return ""
        case .stopActor(let id), .terminateActor(let id), .subscribeToActor(let id),
            .getActorManifest(let id), .getActorStatus(let id), .restartActor(let id),
            .getActorState(let id), .getActorEvents(let id), .getActorMetrics(let id):
            return "actor \(Excerpt.id(id))"
        case .unsubscribeFromActor(let id, let subscription):
            return "actor \(Excerpt.id(id)), subscription \(Excerpt.id(subscription))"
        case .sendActorMessage(let id, let data), .requestActorMessage(let id, let data):
            return "actor \(Excerpt.id(id)), data \(Excerpt.payload(data))"
        case .updateActorComponent(let id, let text), .updateActorPackage(let id, let text):
            return "actor \(Excerpt.id(id)), \(Excerpt.line(text))"
        case .openChannel(let participant, let message):
            return "\(participant.text), message \(Excerpt.payload(message))"
        case .sendOnChannel(let channel, let message):
            return "channel \(Excerpt.line(channel.text)), message \(Excerpt.payload(message))"
        case .closeChannel(let channel):
            return "channel \(Excerpt.line(channel.text))"
        }
    }
}

extension ChannelParticipant {
    var text: String {
        switch self {
        case .actor(let id): "actor \(Excerpt.id(id))"
        case .external: "external"
        }
    }
}
