extension JSONReader {
    /// A number: exact when it has neither fraction nor exponent and fits 64 bits.
    mutating func readNumber() throws(JSONFault) -> JSONValue {
        _ = peek()
        let start = position
        let isNegative = consumeDigit(UInt8(ascii: "-"))
        let firstDigit = position
        try readDigits()
        if bytes[firstDigit] == UInt8(ascii: "0"), position - firstDigit > 1 {
            throw syntax("leading zero", at: firstDigit)
        }
        let integerEnd = position
        if consumeDigit(UInt8(ascii: ".")) {
            try readDigits()
        }
        if consumeDigit(UInt8(ascii: "e")) || consumeDigit(UInt8(ascii: "E")) {
            if !consumeDigit(UInt8(ascii: "+")) {
                _ = consumeDigit(UInt8(ascii: "-"))
            }
            try readDigits()
        }
        guard position - start <= Limits.jsonNumberBytes else {
            throw syntax("number longer than \(Limits.jsonNumberBytes) bytes", at: start)
        }
        if position == integerEnd,
            let exact = integer(in: firstDigit..<integerEnd, isNegative: isNegative)
        {
            return exact
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let number = Double(text), number.isFinite else {
            throw syntax("number out of range", at: start)
        }
        return .double(number)
    }

    /// A number that fits `UInt64` and has neither sign, fraction nor exponent.
    mutating func readUInt64() throws(JSONFault) -> UInt64 {
        switch peek() {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): break
        default: throw mismatch("an unsigned integer")
        }
        let start = position
        switch try readNumber() {
        case .integer(let number) where number >= 0: return UInt64(number)
        case .unsigned(let number): return number
        default: throw shape("expected an unsigned integer", at: start)
        }
    }

    private mutating func readDigits() throws(JSONFault) {
        let start = position
        while position < end, bytes[position] &- UInt8(ascii: "0") <= 9 {
            position += 1
        }
        guard position > start else { throw syntax(unexpected()) }
    }

    /// Within a number no white space may be skipped.
    private mutating func consumeDigit(_ byte: UInt8) -> Bool {
        guard position < end, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// The digits as an exact integer; nil when they do not fit, and for -0.
    private func integer(in range: Range<Int>, isNegative: Bool) -> JSONValue? {
        var magnitude: UInt64 = 0
        for index in range {
            let digit = UInt64(bytes[index] &- UInt8(ascii: "0"))
            let (product, productOverflow) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, sumOverflow) = product.addingReportingOverflow(digit)
            guard !productOverflow, !sumOverflow else { return nil }
            magnitude = sum
        }
        if isNegative {
            guard magnitude > 0, magnitude <= Int64.min.magnitude else { return nil }
            return .integer(Int64(truncatingIfNeeded: 0 &- magnitude))
        }
        return Int64(exactly: magnitude).map(JSONValue.integer) ?? .unsigned(magnitude)
    }
}
