/// Reads the little-endian parts of a graph within a range; never beyond it.
struct GraphCursor {
    private let bytes: [UInt8]
    private(set) var position: Int
    private let end: Int

    /// Reads a part of a buffer in place; `range` must lie within it.
    init(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    var remaining: Int { end - position }

    mutating func take(_ count: Int) throws(PackError) -> Range<Int> {
        guard count <= remaining else {
            throw PackError(.truncated, "\(count) bytes announced, \(remaining) there")
        }
        position += count
        return position - count..<position
    }

    mutating func integer<Number: FixedWidthInteger>(
        _ type: Number.Type = Number.self
    ) throws(PackError) -> Number {
        var value: UInt64 = 0
        for byte in bytes[try take(Number.bitWidth / 8)].reversed() {
            value = value << 8 | UInt64(byte)
        }
        return Number(truncatingIfNeeded: value)
    }

    /// A count of things that take at least `least` bytes each, so that it can be believed.
    mutating func count(ofAtLeast least: Int) throws(PackError) -> Int {
        let count = Int(try integer(UInt32.self))
        guard count <= remaining / least else {
            throw PackError(.truncated, "\(count) elements announced in \(remaining) bytes")
        }
        return count
    }

    mutating func bytes(_ count: Int) throws(PackError) -> [UInt8] {
        Array(bytes[try take(count)])
    }

    mutating func text() throws(PackError) -> String {
        let range = try take(Int(try integer(UInt32.self)))
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
            throw PackError(.invalidNode, "a text is not UTF-8")
        }
        return text
    }

    mutating func bool() throws(PackError) -> Bool {
        switch try integer(UInt8.self) {
        case 0: return false
        case 1: return true
        case let byte: throw PackError(.invalidNode, "\(byte) is no boolean")
        }
    }

    mutating func scalar() throws(PackError) -> Unicode.Scalar {
        let number: UInt32 = try integer()
        guard let scalar = Unicode.Scalar(number) else {
            throw PackError(.invalidNode, "\(number) is no Unicode scalar")
        }
        return scalar
    }

    func readEnd() throws(PackError) {
        guard remaining == 0 else {
            throw PackError(.trailingBytes, "\(remaining) bytes behind the content")
        }
    }
}
