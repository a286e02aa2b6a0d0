import TheaterProtocol

/// One argument of a tool: the source of its schema and of its check.
struct Argument<Value: Sendable>: Sendable {
    let name: String
    let schema: JSONObject
    let read: @Sendable (JSONValue) throws(InvalidArgument) -> Value
}

/// The arguments of one call.
struct Arguments: Sendable {
    let values: JSONObject

    /// Refuses names that the tool does not have, because a misspelt one would silently do nothing.
    init(_ values: JSONObject, of tool: ToolName, allowing names: [String]) throws(InvalidArgument)
    {
        for member in values.members where !names.contains(member.name) {
            let known =
                names.isEmpty ? "takes no arguments" : "takes \(names.joined(separator: ", "))"
            let name = member.name.prefix(64)
            throw InvalidArgument("\(name) is not an argument of \(tool.rawValue), which \(known).")
        }
        self.values = values
    }

    func required<Value>(_ argument: Argument<Value>) throws(InvalidArgument) -> Value {
        guard let value = try optional(argument) else {
            let expectation = argument.schema["description"]?.string ?? "given"
            throw InvalidArgument("\(argument.name) is missing. \(expectation)")
        }
        return value
    }

    /// An explicit null counts as not given: many hosts write it for what the model left out.
    func optional<Value>(_ argument: Argument<Value>) throws(InvalidArgument) -> Value? {
        guard let value = values[argument.name], value != .null else { return nil }
        return try argument.read(value)
    }
}
