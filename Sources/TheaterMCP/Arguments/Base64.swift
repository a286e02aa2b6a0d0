/// Base64 with the standard alphabet and padding, RFC 4648 §4.
enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// Value of each byte, 255 for those outside the alphabet.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(value) }
        return values
    }()

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = 0
            for byte in group { bits = bits << 8 | Int(byte) }
            bits <<= 8 * (3 - group.count)
            for position in 0..<4 {
                let isPadding = position > group.count
                let letter = alphabet[bits >> (18 - 6 * position) & 63]
                text.append(isPadding ? UInt8(ascii: "=") : letter)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil when `text` is not base64; missing padding and stray trailing bits are errors.
    static func decode(_ text: String) -> [UInt8]? {
        var letters = Array(text.utf8)[...]
        guard letters.count.isMultiple(of: 4) else { return nil }
        var padding = 0
        while padding < 2, letters.last == UInt8(ascii: "=") {
            letters.removeLast()
            padding += 1
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(letters.count / 4 * 3 + 2)
        var bits = 0
        var bitCount = 0
        for letter in letters {
            let value = values[Int(letter)]
            guard value != 255 else { return nil }
            bits = (bits << 6 | Int(value)) & 0xFFFF
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
            }
        }
        return bits & ((1 << bitCount) - 1) == 0 ? bytes : nil
    }
}
