import TheaterProtocol

/// What a request is answered with.
enum Answer: Equatable, Sendable {
    case result(JSONObject)
    case error(RPCError)

    /// The whole message.
    ///
    /// An id that could not be read is null, as JSON-RPC 2.0 §5 asks.
    func message(to id: RequestID?) -> JSONValue {
        var object: JSONObject = ["jsonrpc": "2.0", "id": id?.value ?? .null]
        switch self {
        case .result(let result): object["result"] = .object(result)
        case .error(let error): object["error"] = error.value
        }
        return .object(object)
    }
}
