/// Bytes as JSON numbers, `[123,34,0]`, at memory speed.
///
/// Raw pointers, because this is the one loop whose speed users feel: each megabyte of an actor's
/// state crosses it as four megabytes of text.
enum ByteArrayText {
    /// Reads elements of the form `digits,` as long as they come without white space.
    ///
    /// - Returns: The position behind the last comma taken; the element there is not judged.
    static func decodeCompactRun(
        _ bytes: [UInt8], in range: Range<Int>, appendingTo result: inout [UInt8]
    ) -> Int {
        bytes.withUnsafeBufferPointer { buffer in
            guard let text = buffer.baseAddress else { return range.lowerBound }
            let comma = UInt8(ascii: ",")
            let zero = UInt8(ascii: "0")
            // The longest element is four bytes: the loop never looks past the range.
            let limit = range.upperBound - 4
            var position = range.lowerBound
            while position <= limit {
                let first = text[position] &- zero
                guard first <= 9 else { break }
                if text[position + 1] == comma {
                    result.append(first)
                    position += 2
                    continue
                }
                let second = text[position + 1] &- zero
                guard second <= 9, first > 0 else { break }
                if text[position + 2] == comma {
                    result.append(first &* 10 &+ second)
                    position += 3
                    continue
                }
                let third = text[position + 2] &- zero
                let value = UInt16(first) &* 100 &+ UInt16(second) &* 10 &+ UInt16(third)
                guard third <= 9, value <= 255, text[position + 3] == comma else { break }
                result.append(UInt8(truncatingIfNeeded: value))
                position += 4
            }
            return position
        }
    }

    /// Length of the text of `bytes`, brackets included.
    static func encodedCount(of bytes: [UInt8]) -> Int {
        var count = max(bytes.count * 2 + 1, 2)
        bytes.withUnsafeBufferPointer { buffer in
            for byte in buffer {
                count &+= (byte >= 10 ? 1 : 0) &+ (byte >= 100 ? 1 : 0)
            }
        }
        return count
    }

    /// Appends `[…]`.
    static func append(_ bytes: [UInt8], to text: inout [UInt8]) {
        guard !bytes.isEmpty else {
            text.append(contentsOf: [UInt8(ascii: "["), UInt8(ascii: "]")])
            return
        }
        let count = encodedCount(of: bytes)
        // A piece of its own, then one append: `text` keeps growing geometrically.
        let piece = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            guard let output = buffer.baseAddress else { return }
            initialized = bytes.withUnsafeBufferPointer { write($0, to: output) }
        }
        text.append(contentsOf: piece)
    }

    /// Writes the text of non-empty `bytes`; returns its length.
    private static func write(
        _ bytes: UnsafeBufferPointer<UInt8>, to output: UnsafeMutablePointer<UInt8>
    ) -> Int {
        let zero = UInt8(ascii: "0")
        output[0] = UInt8(ascii: "[")
        var position = 1
        for byte in bytes {
            if byte >= 100 {
                output[position] = zero &+ byte / 100
                output[position + 1] = zero &+ byte / 10 % 10
                output[position + 2] = zero &+ byte % 10
                position += 3
            } else if byte >= 10 {
                output[position] = zero &+ byte / 10
                output[position + 1] = zero &+ byte % 10
                position += 2
            } else {
                output[position] = zero &+ byte
                position += 1
            }
            output[position] = UInt8(ascii: ",")
            position += 1
        }
        // The last comma becomes the closing bracket.
        output[position - 1] = UInt8(ascii: "]")
        return position
    }
}
