import TheaterProtocol

/// The `_meta` of a request, as far as it says which era the request belongs to.
enum RequestMetadata {
    static let protocolVersionKey = "io.modelcontextprotocol/protocolVersion"
    static let clientCapabilitiesKey = "io.modelcontextprotocol/clientCapabilities"
    static let serverInfoKey = "io.modelcontextprotocol/serverInfo"

    /// The revision that the request itself names, nil when it belongs to the handshake era.
    static func revision(
        of request: IncomingMessage.Request
    ) throws(RPCError) -> ProtocolRevision? {
        let meta = request.params["_meta"]
        if let meta, meta.object == nil {
            throw RPCError(.invalidParams, "\"_meta\" must be an object")
        }
        let version = meta?.object?[protocolVersionKey]
        let capabilities = meta?.object?[clientCapabilitiesKey]
        // `server/discover` exists in the new era only, so its keys are always due.
        guard version != nil || capabilities != nil || request.method == "server/discover" else {
            return nil
        }
        guard let requested = version?.string else {
            throw RPCError(.invalidParams, "\"_meta\" must have a string \(protocolVersionKey)")
        }
        guard requested == ProtocolRevision.july2026.rawValue else {
            let supported = ProtocolRevision.allCases.map { JSONValue.string($0.rawValue) }
            throw RPCError(
                .unsupportedProtocolVersion, "Unsupported protocol version: \(requested)",
                data: ["supported": .array(supported), "requested": .string(requested)])
        }
        guard capabilities?.object != nil else {
            throw RPCError(
                .invalidParams, "\"_meta\" must have an object \(clientCapabilitiesKey)")
        }
        return .july2026
    }
}
