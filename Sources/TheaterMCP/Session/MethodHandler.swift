import TheaterProtocol

/// Answers one request, or says what work it asks for.
struct MethodHandler {
    let request: IncomingMessage.Request
    /// Nil before `initialize`, when the request does not name a revision itself.
    let revision: ProtocolRevision?

    func step() throws(RPCError) -> Session.Step {
        // Allowed at any time before 2026-07-28, which has no ping.
        if request.method == "ping", revision?.hasHandshake != false {
            return .answer(.result([:]), to: request.id)
        }
        guard Self.methods.contains(request.method) else { throw methodNotFound }
        guard let revision else {
            throw RPCError(
                .invalidRequest,
                "Not initialized: send initialize first, or name the protocol version in _meta")
        }
        switch request.method {
        case "server/discover":
            return answer(Self.discovery, revision, .fixed)
        case "tools/list":
            try refuseCursor()
            return answer(["tools": .array(ToolCatalogue.descriptions)], revision, .fixed)
        case "resources/list":
            try refuseCursor()
            return answer(
                ["resources": .array(ResourceCatalogue.resources)], revision, .fixed)
        case "resources/templates/list":
            try refuseCursor()
            return answer(
                ["resourceTemplates": .array(ResourceCatalogue.templates)], revision, .fixed)
        case "tools/call":
            return start(try toolCall(), revision)
        case "resources/read":
            return start(try resourceRead(revision), revision)
        default:
            throw methodNotFound
        }
    }

    private static let methods: Set<String> = [
        "server/discover", "tools/list", "tools/call", "resources/list",
        "resources/templates/list", "resources/read",
    ]

    private static let discovery: JSONObject = [
        "supportedVersions": [.string(ProtocolRevision.july2026.rawValue)],
        "capabilities": .object(ServerIdentity.capabilities),
        "instructions": .string(ServerIdentity.instructions),
    ]

    private var methodNotFound: RPCError {
        RPCError(.methodNotFound, "Method not found: \(request.method)")
    }

    private func answer(
        _ result: JSONObject, _ revision: ProtocolRevision, _ freshness: Freshness
    ) -> Session.Step {
        .answer(.result(result.enveloped(for: revision, freshness)), to: request.id)
    }

    private func start(
        _ operation: Session.Work.Operation, _ revision: ProtocolRevision
    ) -> Session.Step {
        let token = request.params["_meta"]?.object?["progressToken"].flatMap(RequestID.init)
        return .start(
            Session.Work(
                id: request.id, revision: revision, operation: operation, progressToken: token))
    }

    /// Every list fits on one page, so no cursor is ever given out.
    private func refuseCursor() throws(RPCError) {
        guard request.params["cursor"] == nil else {
            throw RPCError(.invalidParams, "Unknown cursor: this list has one page only")
        }
    }

    private func toolCall() throws(RPCError) -> Session.Work.Operation {
        guard let name = request.params["name"]?.string else {
            throw RPCError(.invalidParams, "tools/call needs a string \"name\"")
        }
        guard let tool = ToolName(rawValue: name) else {
            throw RPCError(.invalidParams, "Unknown tool: \(name)")
        }
        switch request.params["arguments"] {
        case nil: return .call(tool, arguments: [:])
        case .object(let arguments)?: return .call(tool, arguments: arguments)
        default: throw RPCError(.invalidParams, "\"arguments\" of tools/call must be an object")
        }
    }

    private func resourceRead(
        _ revision: ProtocolRevision
    ) throws(RPCError) -> Session.Work.Operation {
        guard let uri = request.params["uri"]?.string else {
            throw RPCError(.invalidParams, "resources/read needs a string \"uri\"")
        }
        guard let address = ResourceAddress(uri: uri) else {
            throw ResourceFailure.notFound(uri, revision: revision)
        }
        return .read(address, uri: uri)
    }
}
