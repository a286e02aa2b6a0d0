import Theater

struct SendMessageTool: Tool {
    private static let actor = Argument.actorID("Id of the actor to send the message to.")

    let name = ToolName.sendMessage
    let title = "Send message"
    let summary =
        "Sends a message to an actor without waiting for an answer. Give the payload as text or "
        + "as data (base64), exactly one of them."
    let traits = ToolTraits.nonIdempotent
    let arguments = JSONObject.properties(actor.property).merging(Payload.properties)
    let required = ["actor_id"]
    let results: JSONObject = ["actor_id": ResultSchema.actorID, "sent": ResultSchema.done]

    func call(
        _ arguments: Arguments, of service: any TheaterService, within budget: CallBudget
    ) async throws -> JSONObject {
        let id = try arguments.required(Self.actor)
        let payload = try Payload.read(from: arguments.values)
        try await service.send(payload, to: id, options: budget.options())
        return ["actor_id": .string(id.description), "sent": true]
    }
}

struct RequestMessageTool: Tool {
    private static let actor = Argument.actorID("Id of the actor to ask.")
    private static let timeout = Argument.timeout(
        "timeout_seconds",
        "How long to wait for the answer, at most 45. Default: the server's request timeout.")

    let name = ToolName.requestMessage
    let title = "Request message"
    let summary =
        "Sends a message to an actor and returns its answer. Give the payload as text or as data "
        + "(base64), exactly one of them. The answer is text when it is UTF-8, else data (base64)."
    let traits = ToolTraits.nonIdempotent
    let arguments = JSONObject.properties(actor.property)
        .merging(Payload.properties)
        .merging(.properties(timeout.property))
    let required = ["actor_id"]
    let results = (["actor_id": ResultSchema.actorID] as JSONObject)
        .merging(Payload.resultProperties)
    let optionalResults = Payload.names

    func call(
        _ arguments: Arguments, of service: any TheaterService, within budget: CallBudget
    ) async throws -> JSONObject {
        let id = try arguments.required(Self.actor)
        let payload = try Payload.read(from: arguments.values)
        let timeout = try arguments.optional(Self.timeout)
        let answer = try await service.request(
            payload, of: id, options: budget.options(timeout: timeout))
        return (["actor_id": .string(id.description)] as JSONObject)
            .merging(Payload.described(answer))
    }
}
