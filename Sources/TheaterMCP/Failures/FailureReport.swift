import Theater

/// A failed call in words for a model and in data for a program.
struct FailureReport: Equatable, Sendable {
    static let metaKey = "org.theater.mcp/error"

    /// One short paragraph: code, what failed, whether it happened, what to do.
    let text: String
    /// Code, retryability and the rest (resilience §3.6); travels in `_meta`, never as the result.
    let meta: JSONObject

    /// The failure as a result of `tools/call`.
    ///
    /// It has no `structuredContent`, which hosts would check against the tool's output schema and
    /// refuse before the model sees the text.
    var toolResult: JSONObject {
        [
            "content": [["type": "text", "text": .string(text)]],
            "isError": true,
            "_meta": [Self.metaKey: .object(meta)],
        ]
    }
}

extension FailureReport {
    init(_ error: InvalidArgument, command: ToolName) {
        text = "[\(TheaterError.Code.invalidArgument)] \(error.text)"
        meta = Self.meta(code: "invalid_argument", message: error.text, command: command.rawValue)
    }

    /// Something that should not happen; the details go to the log only.
    init(unexpectedIn command: String) {
        let message = "The MCP server failed inside; this is a defect of it, not of the call."
        text = "[internal_error] \(message)"
        meta = Self.meta(code: "internal_error", message: message, command: command)
    }

    /// A request that Theater did not carry out; for an unknown actor, `runningActors` are those
    /// that it could have been, if that is known.
    init(_ error: TheaterError, in call: FailedCall, runningActors: [ActorSummary]? = nil) {
        let explanation = FailureText(error: error, call: call, runningActors: runningActors)
        text = explanation.paragraph
        meta = [
            "code": .string(error.code.description),
            "message": .string(error.message),
            "retryable": .bool(error.isWorthRepeating),
            "mayHaveExecuted": .bool(error.mayHaveExecuted),
            "phase": .string(error.phase.rawValue),
            "attempts": .integer(Int64(error.attempts)),
            "waitedMs": .integer(error.waited.wholeMilliseconds),
            "retryAfterMs": error.retryAfter.map { .integer($0.wholeMilliseconds) } ?? .null,
            "endpoint": error.endpoint.map { .string($0.description) } ?? .null,
            "command": error.command.map { .string($0) } ?? .string(call.name),
        ]
    }

    /// A call that never got as far as Theater.
    private static func meta(code: JSONValue, message: String, command: String) -> JSONObject {
        [
            "code": code, "message": .string(message), "retryable": false,
            "mayHaveExecuted": false, "phase": .string(TheaterError.Phase.queued.rawValue),
            "attempts": 0, "waitedMs": 0, "retryAfterMs": .null, "endpoint": .null,
            "command": .string(command),
        ]
    }
}

/// A call as its caller thinks of it: "request_message", "for actor …".
struct FailedCall: Sendable {
    /// The name of the tool, or the URI of the resource.
    let name: String
    /// The actor as the caller wrote it.
    let actor: String?
    let channel: String?
}

extension TheaterError {
    /// Whether the same call may succeed later and cannot be executed twice by repeating it.
    var isWorthRepeating: Bool {
        if mayHaveExecuted { return false }
        let passing: [Code] = [
            .notConnected, .timeout, .queueFull, .localResource, .actorNotReadyOrFailed,
        ]
        return passing.contains(code)
    }
}
