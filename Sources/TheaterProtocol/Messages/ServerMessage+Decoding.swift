extension ServerMessage {
    /// Reads a message in the shape of any era.
    ///
    /// Members may come in any order, unknown ones are skipped; an unknown variant is kept as
    /// `unknown`.
    ///
    /// - Parameter message: The JSON text of one reply or push.
    /// - Throws: `WireError` with `invalidJSON`, or with `invalidMessage` for a known variant of
    ///   an unknown shape.
    public init(decoding message: [UInt8]) throws(WireError) {
        var reader = JSONReader(message)
        do throws(JSONFault) {
            self = try reader.readVariant { (name, reader) throws(JSONFault) in
                try ServerMessage(name: name, from: &reader)
            }
            try reader.readEnd()
        } catch {
            throw WireError(error, in: "message")
        }
    }

    private init(name: String, from reader: inout JSONReader) throws(JSONFault) {
        if let make = Self.messagesOfOneActor[name] {
            self = make(try reader.readFields(.actorID("id")))
        } else if let message = try Self.content(named: name, from: &reader) {
            self = message
        } else if let message = try Self.channelMessage(named: name, from: &reader) {
            self = message
        } else {
            self = .unknown(variant: name, try reader.readValue())
        }
    }

    /// Messages whose only member is `id`.
    private static let messagesOfOneActor: [String: @Sendable (ActorID) -> ServerMessage] = [
        "ActorStarted": { .actorStarted($0) },
        "ActorStopped": { .actorStopped($0) },
        "Unsubscribed": { .unsubscribed($0) },
        "SentMessage": { .sentMessage($0) },
        "Restarted": { .restarted($0) },
        "ActorComponentUpdated": { .actorComponentUpdated($0) },
        "ActorPackageUpdated": { .actorPackageUpdated($0) },
    ]

    /// Messages that carry more than the id of an actor.
    private static func content(
        named name: String, from reader: inout JSONReader
    ) throws(JSONFault) -> ServerMessage? {
        let id = Field.actorID("id")
        switch name {
        case "ActorList":
            return .actorList(try reader.readFields(.actors("actors")))
        case "Subscribed":
            let (id, subscription) = try reader.readFields(
                id, .subscriptionID("subscription_id"))
            return .subscribed(id, subscription)
        case "ActorEvent":
            let (id, event) = try reader.readFields(.optional(id), .event("event"))
            return .actorEvent(id, event)
        case "ActorError":
            let (id, failure) = try reader.readFields(.optional(id), .failure("error"))
            return .actorError(id, failure)
        case "ActorResult":
            return .actorResult(try reader.readActorResult())
        case "Error":
            return .error(try reader.readManagementError())
        case "RequestedMessage":
            let (id, message) = try reader.readFields(id, .bytes("message"))
            return .requestedMessage(id, message)
        case "ActorStatus":
            let (id, status) = try reader.readFields(id, .status("status"))
            return .actorStatus(id, status)
        case "ActorManifest":
            let (id, manifest) = try reader.readFields(id, .json("manifest"))
            return .actorManifest(id, manifest)
        case "ActorState":
            let (id, state) = try reader.readFields(id, .state("state"))
            return .actorState(id, state)
        case "ActorEvents":
            let (id, events) = try reader.readFields(id, .events("events"))
            return .actorEvents(id, events)
        case "ActorMetrics":
            let (id, metrics) = try reader.readFields(id, .json("metrics"))
            return .actorMetrics(id, metrics)
        default:
            return nil
        }
    }

    private static func channelMessage(
        named name: String, from reader: inout JSONReader
    ) throws(JSONFault) -> ServerMessage? {
        let channel = Field.channelID("channel_id")
        switch name {
        case "ChannelOpened":
            let (channel, target) = try reader.readFields(channel, .participant("actor_id"))
            return .channelOpened(channel, target)
        case "MessageSent":
            return .messageSent(try reader.readFields(channel))
        case "ChannelMessage":
            let (channel, sender, message) = try reader.readFields(
                channel, .participant("sender_id"), .bytes("message"))
            return .channelMessage(channel, sender: sender, message: message)
        case "ChannelClosed":
            return .channelClosed(try reader.readFields(channel))
        case "StoreCreated":
            return .storeCreated(try reader.readFields(.string("store_id")))
        default:
            return nil
        }
    }
}
