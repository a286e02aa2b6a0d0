import TheaterProtocol

/// The id of a request, echoed in its answer with the type it came with.
///
/// Null and fractions are no ids: MCP forbids the first, and the second cannot be compared.
enum RequestID: Hashable, Sendable {
    case integer(Int64)
    case unsigned(UInt64)
    case text(String)

    init?(_ value: JSONValue) {
        switch value {
        case .integer(let number): self = .integer(number)
        case .unsigned(let number): self = .unsigned(number)
        case .string(let text): self = .text(text)
        default: return nil
        }
    }

    var value: JSONValue {
        switch self {
        case .integer(let number): .integer(number)
        case .unsigned(let number): .unsigned(number)
        case .text(let text): .string(text)
        }
    }
}
