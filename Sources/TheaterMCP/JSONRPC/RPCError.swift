import TheaterProtocol

/// The `error` member of an answer.
struct RPCError: Error, Equatable, Sendable {
    /// The codes this server uses, of JSON-RPC 2.0 and of MCP.
    enum Code: Int64, Sendable {
        case parseError = -32_700
        case invalidRequest = -32_600
        case methodNotFound = -32_601
        case invalidParams = -32_602
        case internalError = -32_603
        /// Handshake revisions only; 2026-07-28 says `invalidParams` instead.
        case resourceNotFound = -32_002
        /// Since 2026-07-28.
        case unsupportedProtocolVersion = -32_022
    }

    let code: Code
    let message: String
    let data: JSONValue?

    init(_ code: Code, _ message: String, data: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    var value: JSONValue {
        var object: JSONObject = ["code": .integer(code.rawValue), "message": .string(message)]
        object["data"] = data
        return .object(object)
    }
}
