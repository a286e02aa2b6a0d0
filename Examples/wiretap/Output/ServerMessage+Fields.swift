import TheaterProtocol

extension ServerMessage {
    /// What matters of a reply or push, in one line.
    var fields: String {
        switch self {
        case .actorStarted(let id), .actorStopped(let id), .unsubscribed(let id),
            .sentMessage(let id), .restarted(let id), .actorComponentUpdated(let id),
            .actorPackageUpdated(let id):
            "actor \(Excerpt.id(id))"
        case .actorList(let actors):
            actors.text
        case .subscribed(let id, let subscription):
            "actor \(Excerpt.id(id)), subscription \(Excerpt.id(subscription))"
        case .actorEvent(let id, let event):
            (id.map { "actor \(Excerpt.id($0)), " } ?? "") + event.text
        case .actorError(let id, let failure):
            (id.map { "actor \(Excerpt.id($0)), " } ?? "") + failure.text
        case .actorResult(let result):
            "actor \(Excerpt.id(result.actorID)), \(result.text)"
        case .error(let error):
            Excerpt.line(error.text)
        case .requestedMessage(let id, let message):
            "actor \(Excerpt.id(id)), message \(Excerpt.payload(message))"
        case .actorStatus(let id, let status):
            "actor \(Excerpt.id(id)), \(Excerpt.line(status.name))"
        case .actorState(let id, let state):
            "actor \(Excerpt.id(id)), state \(state.text)"
        case .actorEvents(let id, let events):
            "actor \(Excerpt.id(id)), \(events.text)"
        case .actorManifest(let id, let value), .actorMetrics(let id, let value):
            "actor \(Excerpt.id(id)), \(Excerpt.payload(value.encoded()))"
        case .channelOpened(let channel, let participant):
            "channel \(Excerpt.line(channel.text)), \(participant.text)"
        case .messageSent(let channel), .channelClosed(let channel):
            "channel \(Excerpt.line(channel.text))"
        case .channelMessage(let channel, let sender, let message):
            "channel \(Excerpt.line(channel.text)) from \(sender.text), "
                + "message \(Excerpt.payload(message))"
        case .storeCreated(let store):
            "store \(Excerpt.line(store))"
        case .unknown(_, let value):
            Excerpt.payload(value.encoded())
        }
    }
}

extension ChainEvent {
    /// Type, place in the chain and content; a hash that is not the event's own is said so.
    var text: String {
        let parent = parentHash.map { "after \(Excerpt.hash($0))" } ?? "first"
        let forged = computedHash() == hash ? "" : " WRONG HASH,"
        return "event \(Excerpt.hash(hash)) \(parent),\(forged) "
            + "\(Excerpt.line(eventType)), data \(Excerpt.payload(data))"
    }
}

extension [ChainEvent] {
    fileprivate var text: String {
        guard let first, let last else { return "no events" }
        return "\(count) events, \(Excerpt.hash(first.hash)) to \(Excerpt.hash(last.hash))"
    }
}

extension [ActorSummary] {
    private static var namedMax: Int { 3 }

    fileprivate var text: String {
        guard !isEmpty else { return "no actors" }
        let names = prefix(Self.namedMax).map { actor in
            Excerpt.id(actor.id) + (actor.name.map { " \(Excerpt.line($0))" } ?? "")
        }
        let more = count > Self.namedMax ? ", …" : ""
        return "\(count): \(names.joined(separator: ", "))\(more)"
    }
}

extension ActorState {
    fileprivate var text: String {
        switch self {
        case .none: "none"
        case .bytes(let bytes): Excerpt.payload(bytes)
        case .value(let value): Excerpt.payload(value.encoded())
        }
    }
}

extension ActorFailure {
    fileprivate var text: String {
        if case .internalError(let event) = self { return event.text }
        if case .other(let value) = self { return Excerpt.payload(value.encoded()) }
        return Excerpt.line("\(self)")
    }
}

extension ActorResult {
    fileprivate var text: String {
        switch self {
        case .success(_, let result?): "success, result \(Excerpt.payload(result))"
        case .success: "success, no result"
        case .error(_, let failure): "error, \(failure.text)"
        case .externalStop: "stopped from outside"
        }
    }
}
