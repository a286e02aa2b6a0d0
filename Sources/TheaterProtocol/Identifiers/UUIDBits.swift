/// The 128 bits of a UUID, without Foundation.
struct UUIDBits: Hashable, Sendable {
    let high: UInt64
    let low: UInt64

    /// Reads every form the server's UUID library reads: hyphenated, simple, braced, `urn:uuid:`.
    init?(_ text: String) {
        var digits = Substring(text).utf8
        if digits.count == 45, String(text.prefix(9)).lowercased() == "urn:uuid:" {
            digits = digits.dropFirst(9)
        } else if digits.count == 38, digits.first == UInt8(ascii: "{"),
            digits.last == UInt8(ascii: "}")
        {
            digits = digits.dropFirst().dropLast()
        }
        let isHyphenated = digits.count == 36
        guard isHyphenated || digits.count == 32 else { return nil }
        var (high, low): (UInt64, UInt64) = (0, 0)
        for (position, digit) in digits.enumerated() {
            if isHyphenated, Self.isHyphen(at: position) {
                guard digit == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let nibble = HexDigit.value(of: digit) else { return nil }
            high = high << 4 | low >> 60
            low = low << 4 | UInt64(nibble)
        }
        self.high = high
        self.low = low
    }

    /// Where a hyphen stands in the hyphenated form.
    private static func isHyphen(at position: Int) -> Bool {
        position == 8 || position == 13 || position == 18 || position == 23
    }

    /// A version 4 UUID: random but for the six bits that say so.
    init(randomUsing generator: inout some RandomNumberGenerator) {
        high = generator.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x0000_0000_0000_4000
        low = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    }

    /// Lower-case, hyphenated: the form the server writes.
    var text: String {
        String(unsafeUninitializedCapacity: 36) { output in
            var index = 0
            for position in 0..<36 {
                if Self.isHyphen(at: position) {
                    output[position] = UInt8(ascii: "-")
                    continue
                }
                let word = index < 16 ? high : low
                let nibble = UInt8(truncatingIfNeeded: word >> UInt64(60 - index % 16 * 4)) & 15
                output[position] = HexDigit.text(of: nibble)
                index += 1
            }
            return 36
        }
    }
}

/// One hexadecimal digit as ASCII.
enum HexDigit {
    static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// Lower-case digit of a value below 16.
    static func text(of nibble: UInt8) -> UInt8 {
        nibble < 10 ? nibble + UInt8(ascii: "0") : nibble - 10 + UInt8(ascii: "a")
    }
}
