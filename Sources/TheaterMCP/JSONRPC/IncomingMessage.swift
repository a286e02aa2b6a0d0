import TheaterProtocol

/// One JSON-RPC message from the host.
enum IncomingMessage: Equatable, Sendable {
    struct Request: Equatable, Sendable {
        let id: RequestID
        let method: String
        let params: JSONObject
    }

    case request(Request)
    case notification(method: String, params: JSONObject)
    /// Never answered, whatever is in it: two peers that answer answers never stop.
    case response
    case invalid(RPCError, id: RequestID?)

    init(_ value: JSONValue) {
        guard let object = value.object else {
            self = .invalid(RPCError(.invalidRequest, "A message must be an object"), id: nil)
            return
        }
        if object["method"] == nil, object["result"] != nil || object["error"] != nil {
            self = .response
            return
        }
        let id = object["id"].flatMap(RequestID.init)
        do throws(RPCError) {
            self = try Self.call(object, id: id)
        } catch {
            self = .invalid(error, id: id)
        }
    }

    private static func call(
        _ object: JSONObject, id: RequestID?
    ) throws(RPCError) -> IncomingMessage {
        guard let method = object["method"]?.string else {
            throw RPCError(.invalidRequest, "\"method\" must be a string")
        }
        guard let rawID = object["id"] else {
            // A notification: nothing wrong with it may be answered.
            return .notification(method: method, params: object["params"]?.object ?? [:])
        }
        guard let id else {
            let found = rawID == .null ? "null" : "something else"
            throw RPCError(
                .invalidRequest, "\"id\" must be a string or an integer, not \(found)")
        }
        guard object["jsonrpc"] == "2.0" else {
            throw RPCError(.invalidRequest, "\"jsonrpc\" must be \"2.0\"")
        }
        switch object["params"] {
        case nil: return .request(Request(id: id, method: method, params: [:]))
        case .object(let params)?: return .request(Request(id: id, method: method, params: params))
        case .array?: throw RPCError(.invalidParams, "\"params\" must be an object")
        default: throw RPCError(.invalidRequest, "\"params\" must be an object")
        }
    }
}

/// One line from the host.
enum IncomingLine: Equatable, Sendable {
    case single(IncomingMessage)
    case batch([IncomingMessage])
    case unreadable(RPCError)

    init(_ line: [UInt8]) {
        do throws(JSONError) {
            switch try JSONValue(parsing: line) {
            case .array(let elements): self = .batch(elements.map(IncomingMessage.init))
            case let value: self = .single(IncomingMessage(value))
            }
        } catch {
            self = .unreadable(RPCError(.parseError, "Parse error: \(error)"))
        }
    }
}
