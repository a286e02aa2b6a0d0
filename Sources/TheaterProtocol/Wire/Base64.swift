/// RFC 4648 base64: standard alphabet, with padding, strict.
public enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static let padding = UInt8(ascii: "=")

    /// Value of each byte as a digit, 255 for what is none.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, digit) in alphabet.enumerated() {
            values[Int(digit)] = UInt8(value)
        }
        return values
    }()

    /// Padded text of bytes.
    ///
    /// - Parameter bytes: Any bytes.
    /// - Returns: Four characters for each three bytes begun.
    public static func encode(_ bytes: [UInt8]) -> String {
        String(decoding: encodedText(of: bytes[...]), as: UTF8.self)
    }

    /// Bytes of padded text; `nil` for anything not canonical.
    ///
    /// - Parameter text: Without line breaks, padded, unused bits zero.
    /// - Returns: The bytes, or `nil`.
    public static func decode(_ text: String) -> [UInt8]? {
        decode(Array(text.utf8))
    }

    /// Bytes of padded text in ASCII; `nil` for anything not canonical.
    ///
    /// - Parameter text: Without line breaks, padded, unused bits zero.
    /// - Returns: The bytes, or `nil`.
    public static func decode(_ text: [UInt8]) -> [UInt8]? {
        decode(text, in: 0..<text.count)
    }

    static func encodedText(of bytes: ArraySlice<UInt8>) -> [UInt8] {
        let count = (bytes.count + 2) / 3 * 4
        return [UInt8](unsafeUninitializedCapacity: count) { output, initialized in
            bytes.withUnsafeBufferPointer { input in
                alphabet.withUnsafeBufferPointer { write(input, to: output, alphabet: $0) }
            }
            initialized = count
        }
    }

    private static func write(
        _ input: UnsafeBufferPointer<UInt8>, to output: UnsafeMutableBufferPointer<UInt8>,
        alphabet: UnsafeBufferPointer<UInt8>
    ) {
        var position = 0
        var index = 0
        while index + 3 <= input.count {
            let group =
                UInt32(input[index]) << 16 | UInt32(input[index + 1]) << 8
                | UInt32(input[index + 2])
            output[position] = alphabet[Int(group >> 18)]
            output[position + 1] = alphabet[Int(group >> 12 & 63)]
            output[position + 2] = alphabet[Int(group >> 6 & 63)]
            output[position + 3] = alphabet[Int(group & 63)]
            position += 4
            index += 3
        }
        let rest = input.count - index
        guard rest > 0 else { return }
        let second = rest == 2 ? UInt32(input[index + 1]) : 0
        let group = UInt32(input[index]) << 16 | second << 8
        output[position] = alphabet[Int(group >> 18)]
        output[position + 1] = alphabet[Int(group >> 12 & 63)]
        output[position + 2] = rest == 2 ? alphabet[Int(group >> 6 & 63)] : padding
        output[position + 3] = padding
    }

    /// Decodes a part of a buffer in place; `range` must lie within it.
    static func decode(_ text: [UInt8], in range: Range<Int>) -> [UInt8]? {
        guard range.count % 4 == 0 else { return nil }
        guard !range.isEmpty else { return [] }
        var padded = 0
        while padded < 2, text[range.upperBound - 1 - padded] == padding {
            padded += 1
        }
        let digits = range.lowerBound..<range.upperBound - padded
        let count = range.count / 4 * 3 - padded
        var isValid = false
        let result = [UInt8](unsafeUninitializedCapacity: count) { output, initialized in
            text.withUnsafeBufferPointer { input in
                values.withUnsafeBufferPointer { values in
                    isValid = read(
                        UnsafeBufferPointer(rebasing: input[digits]), to: output, values: values)
                }
            }
            // Bytes are trivial, so after a failure none need count as initialized.
            initialized = isValid ? count : 0
        }
        return isValid ? result : nil
    }

    /// Reads digits without padding; false when one is none or bits beyond the last byte are set.
    private static func read(
        _ input: UnsafeBufferPointer<UInt8>, to output: UnsafeMutableBufferPointer<UInt8>,
        values: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        var position = 0
        var index = 0
        while index + 4 <= input.count {
            let (a, b) = (values[Int(input[index])], values[Int(input[index + 1])])
            let (c, d) = (values[Int(input[index + 2])], values[Int(input[index + 3])])
            guard a | b | c | d < 64 else { return false }
            output[position] = a << 2 | b >> 4
            output[position + 1] = b << 4 | c >> 2
            output[position + 2] = c << 6 | d
            position += 3
            index += 4
        }
        let rest = input.count - index
        guard rest > 0 else { return true }
        // Two digits hold one byte and four bits, three hold two bytes and two bits.
        let (a, b) = (values[Int(input[index])], values[Int(input[index + 1])])
        let c = rest == 3 ? values[Int(input[index + 2])] : 0
        guard a | b | c < 64 else { return false }
        output[position] = a << 2 | b >> 4
        guard rest == 3 else { return b & 15 == 0 }
        output[position + 1] = b << 4 | c >> 2
        return c & 3 == 0
    }
}
