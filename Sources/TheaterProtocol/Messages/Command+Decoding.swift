extension Command {
    /// Reads a command as a server of an era does.
    ///
    /// Unknown members are ignored, a missing `Option` is nil, `parent` and `subscribe` are
    /// required, but for April 2025, which does not know them. A command the era does not know is
    /// an error like any other unknown name: the real server leaves both unanswered.
    ///
    /// - Parameters:
    ///   - message: The JSON text of one command.
    ///   - era: Whose server reads.
    /// - Throws: `WireError` with `invalidJSON` or `invalidMessage`.
    public init(decoding message: [UInt8], era: ServerEra) throws(WireError) {
        var reader = JSONReader(message)
        do throws(JSONFault) {
            self = try reader.readVariant { (name, reader) throws(JSONFault) in
                guard !era.unknownCommands.contains(name) else {
                    throw reader.shape("unknown command")
                }
                return try Command(name: name, from: &reader, era: era)
            }
            try reader.readEnd()
        } catch {
            throw WireError(error, in: "command")
        }
    }

    private init(
        name: String, from reader: inout JSONReader, era: ServerEra
    ) throws(JSONFault) {
        switch name {
        case "ListActors":
            try reader.readNull()
            self = .listActors
        case "NewStore":
            try reader.readFields()
            self = .newStore
        case "StartActor":
            self = try Self.startActor(from: &reader, era: era)
        case "UnsubscribeFromActor":
            let (id, subscription) = try reader.readFields(
                .actorID("id"), .subscriptionID("subscription_id"))
            self = .unsubscribeFromActor(id, subscription)
        case "SendActorMessage":
            let (id, data) = try reader.readFields(.actorID("id"), .bytes("data"))
            self = .sendActorMessage(id, data: data)
        case "RequestActorMessage":
            let (id, data) = try reader.readFields(.actorID("id"), .bytes("data"))
            self = .requestActorMessage(id, data: data)
        case "UpdateActorComponent":
            let (id, component) = try reader.readFields(.actorID("id"), .string("component"))
            self = .updateActorComponent(id, component: component)
        case "UpdateActorPackage":
            let (id, package) = try reader.readFields(.actorID("id"), .string("package"))
            self = .updateActorPackage(id, package: package)
        case "OpenChannel":
            let (participant, message) = try reader.readFields(
                .participant("actor_id"), .bytes("initial_message"))
            self = .openChannel(participant, initialMessage: message)
        case "SendOnChannel":
            let (channel, message) = try reader.readFields(
                .channelID("channel_id"), .bytes("message"))
            self = .sendOnChannel(channel, message: message)
        case "CloseChannel":
            self = .closeChannel(try reader.readFields(.channelID("channel_id")))
        default:
            guard let make = Self.commandsOfOneActor[name] else {
                throw reader.shape("unknown command")
            }
            self = make(try reader.readFields(.actorID("id")))
        }
    }

    private static func startActor(
        from reader: inout JSONReader, era: ServerEra
    ) throws(JSONFault) -> Command {
        if era == .april2025 {
            let (manifest, state) = try reader.readFields(
                .string("manifest"), .optional(.bytes("initial_state")))
            return .startActor(
                manifest: manifest, initialState: state, parent: false, subscribe: false)
        }
        let (manifest, state, parent, subscribe) = try reader.readFields(
            .string("manifest"), .optional(.bytes("initial_state")), .bool("parent"),
            .bool("subscribe"))
        return .startActor(
            manifest: manifest, initialState: state, parent: parent, subscribe: subscribe)
    }

    /// Commands whose only member is `id`.
    private static let commandsOfOneActor: [String: @Sendable (ActorID) -> Command] = [
        "StopActor": { .stopActor($0) },
        "TerminateActor": { .terminateActor($0) },
        "SubscribeToActor": { .subscribeToActor($0) },
        "GetActorManifest": { .getActorManifest($0) },
        "GetActorStatus": { .getActorStatus($0) },
        "RestartActor": { .restartActor($0) },
        "GetActorState": { .getActorState($0) },
        "GetActorEvents": { .getActorEvents($0) },
        "GetActorMetrics": { .getActorMetrics($0) },
    ]
}
