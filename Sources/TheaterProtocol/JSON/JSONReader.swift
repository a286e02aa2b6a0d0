/// Pulls JSON out of bytes, value by value, straight into Swift types.
///
/// Strict RFC 8259. Nothing is allocated on the word of the text: memory follows the bytes that
/// are really there. Recursion is bounded by `Limits.jsonDepth`.
struct JSONReader {
    let bytes: [UInt8]
    let end: Int
    var position: Int
    private var depth = 0

    init(_ bytes: [UInt8]) {
        self.init(bytes, in: 0..<bytes.count)
    }

    /// Reads a part of a buffer in place; `range` must lie within it.
    init(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    // MARK: tokens

    /// The next byte that is no white space, 0 at the end: a raw NUL is never valid JSON.
    mutating func peek() -> UInt8 {
        while position < end {
            let byte = bytes[position]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            position += 1
        }
        return 0
    }

    /// Consumes `byte` if it comes next.
    mutating func consume(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        position += 1
        return true
    }

    private mutating func consume(literal text: StaticString) throws(JSONFault) {
        for offset in 0..<text.utf8CodeUnitCount {
            guard position < end, bytes[position] == text.utf8Start[offset] else {
                throw syntax(unexpected())
            }
            position += 1
        }
    }

    /// Only white space may follow.
    mutating func readEnd() throws(JSONFault) {
        guard peek() == 0, position >= end else { throw syntax("trailing bytes") }
    }

    // MARK: values

    mutating func readNull() throws(JSONFault) {
        guard peek() == UInt8(ascii: "n") else { throw mismatch("null") }
        try consume(literal: "null")
    }

    mutating func readBool() throws(JSONFault) -> Bool {
        switch peek() {
        case UInt8(ascii: "t"):
            try consume(literal: "true")
            return true
        case UInt8(ascii: "f"):
            try consume(literal: "false")
            return false
        default:
            throw mismatch("a boolean")
        }
    }

    /// Calls `member` with each name, the reader standing before its value.
    mutating func readObject(
        _ member: (String, inout JSONReader) throws(JSONFault) -> Void
    ) throws(JSONFault) {
        guard consume(UInt8(ascii: "{")) else { throw mismatch("an object") }
        try descend()
        var names = MemberNames()
        if !consume(UInt8(ascii: "}")) {
            repeat {
                guard peek() == UInt8(ascii: "\"") else { throw syntax(unexpected()) }
                let start = position
                let name = try readString()
                guard names.insert(name) else { throw syntax("duplicate name", at: start) }
                guard consume(UInt8(ascii: ":")) else { throw syntax(unexpected()) }
                try member(name, &self)
            } while consume(UInt8(ascii: ","))
            guard consume(UInt8(ascii: "}")) else { throw syntax(unexpected()) }
        }
        depth -= 1
    }

    /// Calls `element` with the reader standing before each element.
    mutating func readArray(
        _ element: (inout JSONReader) throws(JSONFault) -> Void
    ) throws(JSONFault) {
        guard consume(UInt8(ascii: "[")) else { throw mismatch("an array") }
        try descend()
        if !consume(UInt8(ascii: "]")) {
            repeat {
                try element(&self)
            } while consume(UInt8(ascii: ","))
            guard consume(UInt8(ascii: "]")) else { throw syntax(unexpected()) }
        }
        depth -= 1
    }

    private mutating func descend() throws(JSONFault) {
        depth += 1
        guard depth <= Limits.jsonDepth else {
            throw syntax("nesting deeper than \(Limits.jsonDepth)", at: position - 1)
        }
    }

    // MARK: faults

    func syntax(_ reason: String, at offset: Int? = nil) -> JSONFault {
        JSONFault(
            kind: .syntax, error: JSONError(reason: reason, offset: offset ?? position))
    }

    func shape(_ reason: String, at offset: Int? = nil) -> JSONFault {
        JSONFault(kind: .shape, error: JSONError(reason: reason, offset: offset ?? position))
    }

    /// The next value has another type than `wanted`, or there is no value at all.
    mutating func mismatch(_ wanted: String) -> JSONFault {
        switch peek() {
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""), UInt8(ascii: "-"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "t"), UInt8(ascii: "f"),
            UInt8(ascii: "n"):
            shape("expected \(wanted)")
        default:
            syntax(unexpected())
        }
    }

    func unexpected() -> String {
        guard position < end else { return "unexpected end" }
        let byte = bytes[position]
        guard (0x21...0x7E).contains(byte) else {
            let digits = [byte >> 4, byte & 15].map(HexDigit.text(of:))
            return "unexpected byte 0x" + String(decoding: digits, as: UTF8.self)
        }
        return "unexpected character '\(Character(Unicode.Scalar(byte)))'"
    }
}
