extension JSONReader {
    /// A string: valid UTF-8, no raw control character, no lone surrogate.
    mutating func readString() throws(JSONFault) -> String {
        let start = position
        let (range, hasEscapes) = try scanString()
        let text: String?
        if hasEscapes {
            text = String(validating: try unescaped(range), as: UTF8.self)
        } else {
            text = String(validating: bytes[range], as: UTF8.self)
        }
        guard let text else { throw syntax("invalid UTF-8 in a string", at: start) }
        return text
    }

    /// A string that holds base64, decoded in place: a fragment carries megabytes of it.
    mutating func readBase64() throws(JSONFault) -> [UInt8] {
        let start = position
        let (range, hasEscapes) = try scanString()
        let decoded =
            hasEscapes
            ? Base64.decode(try unescaped(range)) : Base64.decode(bytes, in: range)
        guard let decoded else { throw shape("invalid base64", at: start) }
        return decoded
    }

    /// Finds the closing quote; the range is what stands between the quotes.
    private mutating func scanString() throws(JSONFault) -> (range: Range<Int>, hasEscapes: Bool) {
        guard consume(UInt8(ascii: "\"")) else { throw mismatch("a string") }
        let start = position
        var hasEscapes = false
        while true {
            position = plainRun(from: position)
            guard position < end else { break }
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return (start..<position - 1, hasEscapes)
            }
            guard byte == UInt8(ascii: "\\") else {
                throw syntax("control character in a string")
            }
            hasEscapes = true
            // The escaped byte may be a quote, so it is stepped over; it is judged later.
            position += 2
        }
        position = end
        throw syntax("unterminated string", at: start - 1)
    }

    /// Where the next quote, backslash or control character stands, or an end.
    private func plainRun(from start: Int) -> Int {
        guard start < end else { return end }
        return bytes.withUnsafeBufferPointer { buffer in
            var index = start
            while index < end {
                let byte = buffer[index]
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
                index += 1
            }
            return index
        }
    }

    private func unescaped(_ range: Range<Int>) throws(JSONFault) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            index += 1
            if byte != UInt8(ascii: "\\") {
                result.append(byte)
            } else {
                try appendEscape(from: &index, before: range.upperBound, to: &result)
            }
        }
        return result
    }

    /// `index` stands behind the backslash.
    private func appendEscape(
        from index: inout Int, before limit: Int, to result: inout [UInt8]
    ) throws(JSONFault) {
        let start = index - 1
        guard index < limit else { throw syntax("invalid escape", at: start) }
        let letter = bytes[index]
        index += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(letter)
        case UInt8(ascii: "b"): result.append(0x08)
        case UInt8(ascii: "t"): result.append(0x09)
        case UInt8(ascii: "n"): result.append(0x0A)
        case UInt8(ascii: "f"): result.append(0x0C)
        case UInt8(ascii: "r"): result.append(0x0D)
        case UInt8(ascii: "u"):
            let scalar = try unicodeEscape(from: &index, before: limit)
            result.append(contentsOf: Character(scalar).utf8)
        default: throw syntax("invalid escape", at: start)
        }
    }

    /// `index` stands behind `\u`; a high surrogate takes the `\uXXXX` that must follow with it.
    private func unicodeEscape(
        from index: inout Int, before limit: Int
    ) throws(JSONFault) -> Unicode.Scalar {
        let start = index - 2
        let first = try hexadecimal(from: &index, before: limit)
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, index + 1 < limit, bytes[index] == UInt8(ascii: "\\"),
            bytes[index + 1] == UInt8(ascii: "u")
        else { throw syntax("lone surrogate", at: start) }
        index += 2
        let second = try hexadecimal(from: &index, before: limit)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw syntax("lone surrogate", at: start) }
        return scalar
    }

    private func hexadecimal(
        from index: inout Int, before limit: Int
    ) throws(JSONFault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard index < limit, let digit = HexDigit.value(of: bytes[index]) else {
                throw syntax("invalid escape", at: index)
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }
}
