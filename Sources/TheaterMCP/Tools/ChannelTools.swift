import Theater

struct OpenChannelTool: Tool {
    private static let actor = Argument.actorID("Id of the actor to open a channel to.")
    private static let message = Argument.payload(
        "initial_message",
        "First message, which the actor sees when it decides whether to accept the channel: an "
            + "object with either text or data (base64). Default: empty.")

    let name = ToolName.openChannel
    let title = "Open channel"
    let summary =
        "Opens a channel to an actor and returns its id. A channel ends with the connection to "
        + "Theater."
    let traits = ToolTraits.nonIdempotent
    let arguments = JSONObject.properties(actor.property, message.property)
    let required = ["actor_id"]
    let results: JSONObject = [
        "actor_id": ResultSchema.actorID, "channel_id": ResultSchema.channelID,
    ]

    func call(
        _ arguments: Arguments, of service: any TheaterService, within budget: CallBudget
    ) async throws -> JSONObject {
        let id = try arguments.required(Self.actor)
        let message = try arguments.optional(Self.message) ?? []
        let channel = try await service.openChannel(
            to: id, initialMessage: message, options: budget.options())
        return ["actor_id": .string(id.description), "channel_id": .string(channel.text)]
    }
}

struct SendOnChannelTool: Tool {
    private static let channel = Argument.channelID("Id of the channel, from open_channel.")

    let name = ToolName.sendOnChannel
    let title = "Send on channel"
    let summary =
        "Sends a message on an open channel. Give the payload as text or as data (base64), "
        + "exactly one of them."
    let traits = ToolTraits.nonIdempotent
    let arguments = JSONObject.properties(channel.property).merging(Payload.properties)
    let required = ["channel_id"]
    let results: JSONObject = ["channel_id": ResultSchema.channelID, "sent": ResultSchema.done]

    func call(
        _ arguments: Arguments, of service: any TheaterService, within budget: CallBudget
    ) async throws -> JSONObject {
        let channel = try arguments.required(Self.channel)
        let payload = try Payload.read(from: arguments.values)
        try await service.send(payload, on: channel, options: budget.options())
        return ["channel_id": .string(channel.text), "sent": true]
    }
}

struct CloseChannelTool: Tool {
    private static let channel = Argument.channelID("Id of the channel to close.")

    let name = ToolName.closeChannel
    let title = "Close channel"
    let summary = "Closes a channel."
    let traits = ToolTraits.idempotent
    let arguments = JSONObject.properties(channel.property)
    let required = ["channel_id"]
    let results: JSONObject = ["channel_id": ResultSchema.channelID, "closed": ResultSchema.done]

    func call(
        _ arguments: Arguments, of service: any TheaterService, within budget: CallBudget
    ) async throws -> JSONObject {
        let channel = try arguments.required(Self.channel)
        try await service.closeChannel(channel, options: budget.options())
        return ["channel_id": .string(channel.text), "closed": true]
    }
}
