import Theater

/// One tool: how it is described, and what it does.
protocol Tool: Sendable {
    var name: ToolName { get }
    var title: String { get }
    var summary: String { get }
    var traits: ToolTraits { get }
    /// Property name and schema of each argument.
    var arguments: JSONObject { get }
    /// Those of `arguments` that must be given.
    var required: [String] { get }
    /// Property name and schema of each member of the result.
    var results: JSONObject { get }
    /// Those of `results` that may be missing.
    var optionalResults: [String] { get }

    func call(
        _ arguments: Arguments, of service: any TheaterService, within budget: CallBudget
    ) async throws -> JSONObject
}

extension Tool {
    var optionalResults: [String] { [] }

    /// The tool as `tools/list` shows it.
    var description: JSONValue {
        let always = results.members.map(\.name).filter { !optionalResults.contains($0) }
        return [
            "name": .string(name.rawValue),
            "title": .string(title),
            "description": .string(summary),
            "inputSchema": .object(Self.schema(of: arguments, required: required)),
            "outputSchema": .object(Self.schema(of: results, required: always)),
            "annotations": .object(traits.annotations(title: title)),
        ]
    }

    private static func schema(of properties: JSONObject, required: [String]) -> JSONObject {
        var schema: JSONObject = ["type": "object"]
        if !properties.members.isEmpty { schema["properties"] = .object(properties) }
        if !required.isEmpty { schema["required"] = .array(required.map { .string($0) }) }
        schema["additionalProperties"] = false
        return schema
    }
}

extension JSONObject {
    /// The schema of one argument after another.
    static func properties(_ arguments: (name: String, schema: JSONObject)...) -> JSONObject {
        var object = JSONObject()
        for argument in arguments { object[argument.name] = .object(argument.schema) }
        return object
    }

    /// All members of both; those of `other` win.
    func merging(_ other: JSONObject) -> JSONObject {
        var object = self
        for member in other.members { object[member.name] = member.value }
        return object
    }
}

extension Argument {
    var property: (name: String, schema: JSONObject) { (name, schema) }
}
