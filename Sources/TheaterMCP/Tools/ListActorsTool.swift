import Theater

struct ListActorsTool: Tool {
    private static let limit = Argument.integer(
        "limit", in: 1...1000, default: 200, "The most actors to return.")
    private static let offset = Argument.integer(
        "offset", in: 0...1_000_000_000, default: 0, "How many actors to leave out first.")

    let name = ToolName.listActors
    let title = "List actors"
    let summary =
        "Lists the running actors, ordered by id. total counts all of them, truncated says "
        + "whether some are not in this answer."
    let traits = ToolTraits.readOnly
    let arguments = JSONObject.properties(limit.property, offset.property)
    let required: [String] = []
    let results: JSONObject = [
        "actors": [
            "type": "array",
            "items": [
                "type": "object",
                "properties": [
                    "id": ResultSchema.actorID,
                    "name": ["type": "string", "description": "Absent when Theater gives none."],
                ],
                "required": ["id"], "additionalProperties": false,
            ],
        ],
        "total": ["type": "integer", "minimum": 0, "description": "All running actors."],
        "truncated": ["type": "boolean", "description": "More follow: repeat with offset."],
    ]

    func call(
        _ arguments: Arguments, of service: any TheaterService, within budget: CallBudget
    ) async throws -> JSONObject {
        let limit = try arguments.optional(Self.limit) ?? 200
        let offset = try arguments.optional(Self.offset) ?? 0
        let actors = try await service.listActors(options: budget.options()).sortedByID()
        let page = actors.dropFirst(offset).prefix(limit)
        return [
            "actors": .array(page.map { .object($0.described) }),
            "total": .integer(Int64(actors.count)),
            "truncated": .bool(offset + page.count < actors.count),
        ]
    }
}

extension [ActorSummary] {
    /// The server's order is that of a hash table; a reader wants the same order every time.
    func sortedByID() -> [ActorSummary] {
        map { (text: $0.id.description, summary: $0) }
            .sorted { $0.text < $1.text }
            .map(\.summary)
    }
}

extension ActorSummary {
    var described: JSONObject {
        var object: JSONObject = ["id": .string(id.description)]
        object["name"] = name.map { .string($0) }
        return object
    }
}
