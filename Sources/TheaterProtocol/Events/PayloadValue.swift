/// What a call took or gave, as far as the server of its date says.
public enum PayloadValue: Sendable, Equatable {
    /// A typed value; bytes, all there were until 2026-03, are a list of `u8`.
    case value(PackValue)
    /// JSON of another form: what 2026-01 wrote for some host functions.
    case json(JSONValue)

    /// The bytes where the value is a list of `u8`, nil for every other value.
    public var bytes: [UInt8]? {
        if case .value(.bytes(let bytes)) = self { bytes } else { nil }
    }

    /// The text where the value is a string, nil for every other value.
    public var string: String? {
        if case .value(.string(let text)) = self { text } else { nil }
    }
}

extension JSONReader {
    /// Bytes, a typed value, or any other JSON.
    mutating func readPayloadValue() throws(JSONFault) -> PayloadValue {
        if peek() == UInt8(ascii: "["), let bytes = try readIfBytes() {
            return .value(.bytes(bytes))
        }
        let json = try readValue()
        do throws(PackError) {
            return .value(try PackValue(json: json))
        } catch {
            return .json(json)
        }
    }
}

extension Field where Value == PayloadValue {
    static func payload(_ name: String) -> Field {
        Field(name) { (reader) throws(JSONFault) in try reader.readPayloadValue() }
    }
}
