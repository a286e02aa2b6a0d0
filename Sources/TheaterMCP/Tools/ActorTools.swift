import Theater

/// Schemas that several tools share.
enum ResultSchema {
    static let actorID: JSONValue = ["type": "string", "description": "Id of the actor."]
    static let channelID: JSONValue = ["type": "string", "description": "Id of the channel."]
    static let done: JSONValue = [
        "type": "boolean", "const": true, "description": "Theater confirmed it.",
    ]
}

struct StartActorTool: Tool {
    private static let manifest = Argument.text(
        "manifest",
        "The actor's manifest, as the Theater server finds it: a path on the server's machine, a "
            + "store: or https: reference; older servers also take the text of the manifest (TOML)."
    )
    private static let initialState = Argument.payload(
        "initial_state",
        "State to start with: an object with either text (for example JSON text) or data (base64). "
            + "Servers since 2026 ignore it.")

    let name = ToolName.startActor
    let title = "Start actor"
    let summary =
        "Starts an actor from a manifest and returns its id. Starting twice makes two actors."
    let traits = ToolTraits.nonIdempotent
    let arguments = JSONObject.properties(manifest.property, initialState.property)
    let required = ["manifest"]
    let results: JSONObject = ["actor_id": ResultSchema.actorID, "started": ResultSchema.done]

    func call(
        _ arguments: Arguments, of service: any TheaterService, within budget: CallBudget
    ) async throws -> JSONObject {
        let manifest = try arguments.required(Self.manifest)
        let state = try arguments.optional(Self.initialState)
        let id = try await service.startActor(
            manifest: manifest, initialState: state, options: budget.options())
        return ["actor_id": .string(id.description), "started": true]
    }
}

struct StopActorTool: Tool {
    private static let actor = Argument.actorID("Id of the actor to stop.")

    let name = ToolName.stopActor
    let title = "Stop actor"
    let summary = "Stops an actor; its state is gone. An actor that does not run counts as stopped."
    let traits = ToolTraits.idempotent.endingActor
    let arguments = JSONObject.properties(actor.property)
    let required = ["actor_id"]
    let results: JSONObject = ["actor_id": ResultSchema.actorID, "stopped": ResultSchema.done]

    func call(
        _ arguments: Arguments, of service: any TheaterService, within budget: CallBudget
    ) async throws -> JSONObject {
        let id = try arguments.required(Self.actor)
        try await service.stopActor(id, options: budget.options())
        return ["actor_id": .string(id.description), "stopped": true]
    }
}

struct RestartActorTool: Tool {
    private static let actor = Argument.actorID("Id of the actor to restart.")

    let name = ToolName.restartActor
    let title = "Restart actor"
    let summary =
        "Stops an actor and starts it anew. It may get a new id, which the result names: use that "
        + "one afterwards. Servers since May 2025 refuse to restart."
    let traits = ToolTraits.nonIdempotent.endingActor
    let arguments = JSONObject.properties(actor.property)
    let required = ["actor_id"]
    let results: JSONObject = [
        "actor_id": ["type": "string", "description": "The id under which the actor runs now."],
        "previous_actor_id": ["type": "string", "description": "The id that was given."],
    ]

    func call(
        _ arguments: Arguments, of service: any TheaterService, within budget: CallBudget
    ) async throws -> JSONObject {
        let id = try arguments.required(Self.actor)
        let now = try await service.restartActor(id, options: budget.options())
        return [
            "actor_id": .string(now.description), "previous_actor_id": .string(id.description),
        ]
    }
}
