/// State of an actor: raw bytes (until 2026-03), or a typed value kept as JSON (after).
///
/// `typedValue` reads the JSON of a value; it is kept as it came for those who show or store it.
public enum ActorState: Sendable, Equatable {
    /// The actor has no state.
    case none
    /// What the actor made of it, often JSON text.
    case bytes([UInt8])
    /// A typed value of the server, as JSON.
    case value(JSONValue)
}

extension ActorState {
    /// The state as a typed value: bytes are a list of `u8`.
    ///
    /// Nil without a state, and for JSON of an unknown shape; read anew each time.
    public var typedValue: PackValue? {
        switch self {
        case .none: nil
        case .bytes(let bytes): .bytes(bytes)
        case .value(let json): try? PackValue(json: json)
        }
    }
}

extension Field where Value == ActorState {
    static func state(_ name: String) -> Field {
        Field(name) { (reader) throws(JSONFault) in
            switch reader.peek() {
            case UInt8(ascii: "n"):
                try reader.readNull()
                return .none
            case UInt8(ascii: "["):
                return try reader.readStateArray()
            default:
                return .value(try reader.readValue())
            }
        }
    }
}

extension JSONReader {
    /// Bytes where all elements are bytes; anything else is kept as a value.
    fileprivate mutating func readStateArray() throws(JSONFault) -> ActorState {
        if let bytes = try readIfBytes() { return .bytes(bytes) }
        return .value(try readValue())
    }
}

extension JSONWriter {
    mutating func writeMember(_ name: String, _ state: ActorState, as era: ServerEra) {
        switch state {
        case .none where era == .july2026:
            // `null` ended on 2026-04-14; an actor whose `init` did not run has this state.
            let empty: JSONValue = ["Option": ["inner_type": ["List": "U8"], "value": nil]]
            writeMember(name, empty)
        case .none: writeMember(name, JSONValue.null)
        case .bytes(let bytes): writeMember(name, bytes)
        case .value(let value): writeMember(name, value)
        }
    }
}
