/// Short, harmless text of what came over the wire.
enum Excerpt {
    private static let scalarsMax = 72
    private static let hexBytes = 16

    /// Size and beginning of a payload: text where it is UTF-8, else hexadecimal.
    static func payload(_ bytes: [UInt8]) -> String {
        guard !bytes.isEmpty else { return "0 B" }
        let start = beginning(of: bytes)
        if let text = String(validating: start, as: UTF8.self), !isBinary(text) {
            return "\(bytes.count) B: " + line(text, isCut: start.count < bytes.count)
        }
        let more = bytes.count > hexBytes ? "…" : ""
        return "\(bytes.count) B: 0x\(hex(bytes.prefix(hexBytes)))\(more)"
    }

    /// One line of text: clipped, with control characters escaped, for a terminal obeys them.
    static func line(_ text: String, isCut: Bool = false) -> String {
        var result = ""
        var count = 0
        for scalar in text.unicodeScalars {
            if count == scalarsMax { return result + "…" }
            count += 1
            result += escaped(scalar)
        }
        return isCut ? result + "…" : result
    }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        var result = ""
        for byte in bytes {
            result += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return result
    }

    /// The first eight digits of a hash.
    static func hash(_ bytes: [UInt8]) -> String { hex(bytes.prefix(4)) }

    /// The first eight digits of an id.
    static func id(_ id: some CustomStringConvertible) -> String {
        String(id.description.prefix(8))
    }

    /// Whether text has control characters that nobody types.
    private static func isBinary(_ text: String) -> Bool {
        let typed: Set<Unicode.Scalar> = ["\n", "\r", "\t"]
        return text.unicodeScalars.contains { scalar in
            scalar.properties.generalCategory == .control && !typed.contains(scalar)
        }
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar.properties.generalCategory {
        case .control where scalar == "\n": "\\n"
        case .control where scalar == "\r": "\\r"
        case .control where scalar == "\t": "\\t"
        // Format characters turn the direction of text around, or hide.
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
            "\\u{\(String(scalar.value, radix: 16))}"
        default: String(scalar)
        }
    }

    /// Enough bytes for a line, ending where a character ends.
    private static func beginning(of bytes: [UInt8]) -> ArraySlice<UInt8> {
        var start = bytes.prefix(scalarsMax * 4 + 4)
        guard start.count < bytes.count else { return start }
        while let last = start.popLast() {
            // The first byte of a character, or a character of its own.
            if last & 0xC0 != 0x80 { break }
        }
        return start
    }
}
