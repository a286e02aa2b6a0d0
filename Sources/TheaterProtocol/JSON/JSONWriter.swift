/// Appends compact JSON to bytes, escaped exactly as the server's own writer does it.
///
/// Exactly, because an event's hash covers its text (wire reference §9): no `\/`, other than ASCII
/// raw, control characters as `\b \t \n \f \r` or lower-case `\u00xx`.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: writeNull()
        case .bool(let flag): append(flag ? "true" : "false")
        case .integer(let number): append(String(number))
        case .unsigned(let number): append(String(number))
        case .double(let number): append(number.isFinite ? number.description : "null")
        case .string(let text): write(text)
        case .array(let elements): writeArray(elements) { $0.write($1) }
        case .object(let object):
            writeObject { writer in
                for member in object.members {
                    writer.writeName(member.name)
                    writer.write(member.value)
                }
            }
        }
    }

    mutating func writeNull() {
        append("null")
    }

    mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case 0x08: append("\\b")
            case 0x09: append("\\t")
            case 0x0A: append("\\n")
            case 0x0C: append("\\f")
            case 0x0D: append("\\r")
            case 0..<0x20:
                append("\\u00")
                bytes.append(HexDigit.text(of: byte >> 4))
                bytes.append(HexDigit.text(of: byte & 15))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func write(_ content: [UInt8]) {
        ByteArrayText.append(content, to: &bytes)
    }

    mutating func writeObject(_ members: (inout JSONWriter) -> Void) {
        bytes.append(UInt8(ascii: "{"))
        members(&self)
        bytes.append(UInt8(ascii: "}"))
    }

    mutating func writeArray<Element>(
        _ elements: [Element], _ element: (inout JSONWriter, Element) -> Void
    ) {
        bytes.append(UInt8(ascii: "["))
        for (index, value) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            element(&self, value)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// The name of the next member, with the comma before it where one is needed.
    mutating func writeName(_ name: String) {
        // Only an opening brace ends in `{`: every value ends in another byte.
        if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
        write(name)
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }
}
