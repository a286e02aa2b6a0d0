import TheaterProtocol

/// What a host may do with a tool; follows from the class of its command (resilience §0.3).
struct ToolTraits: Sendable {
    let commandClass: CommandClass
    /// Ends a running actor, whose memory is then gone.
    let endsActor: Bool

    static let readOnly = ToolTraits(commandClass: .readOnly, endsActor: false)
    static let idempotent = ToolTraits(commandClass: .idempotent, endsActor: false)
    static let nonIdempotent = ToolTraits(commandClass: .nonIdempotent, endsActor: false)

    /// The same, for a tool that ends an actor.
    var endingActor: ToolTraits { ToolTraits(commandClass: commandClass, endsActor: true) }

    /// All four hints: left out, MCP reads them as "destructive" and "open world".
    func annotations(title: String) -> JSONObject {
        let isReadOnly = commandClass == .readOnly
        return [
            "title": .string(title),
            "readOnlyHint": .bool(isReadOnly),
            "destructiveHint": .bool(endsActor),
            "idempotentHint": .bool(isReadOnly || commandClass == .idempotent),
            "openWorldHint": false,
        ]
    }
}
