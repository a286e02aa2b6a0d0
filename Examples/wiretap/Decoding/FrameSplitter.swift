import TheaterProtocol

/// Cuts a stream of bytes into whole frames, length prefixes included.
///
/// Apart from the library's decoder because a tap wants what that throws away: the bytes of each
/// frame, and the place where a bad one ends, so that it can go on behind it.
struct FrameSplitter {
    private var bytes: [UInt8] = []
    private var head = 0

    var bufferedByteCount: Int { bytes.count - head }

    mutating func append(_ chunk: [UInt8]) {
        // Bytes move only when at least as many have been consumed: linear over all chunks.
        if head >= bytes.count / 2 {
            bytes.removeSubrange(..<head)
            head = 0
        }
        bytes.append(contentsOf: chunk)
    }

    /// The next whole frame, nil when more bytes are needed.
    ///
    /// - Throws: `WireError` for a length no peer accepts; where frames begin is not known any more.
    mutating func next() throws(WireError) -> [UInt8]? {
        guard let length = announcedByteCount else { return nil }
        guard length <= Limits.frameBytes else {
            throw WireError(
                reason: .frameTooLarge,
                description: "a frame of \(length) bytes is announced, the limit is "
                    + "\(Limits.frameBytes)")
        }
        guard bufferedByteCount - 4 >= length else { return nil }
        let frame = Array(bytes[head..<head + 4 + length])
        head += frame.count
        return frame
    }

    /// Length of the payload of the frame that has begun.
    var announcedByteCount: Int? {
        guard bufferedByteCount >= 4 else { return nil }
        return bytes[head..<head + 4].reduce(0) { $0 << 8 | Int($1) }
    }

    /// Everything that is no whole frame.
    mutating func takeRest() -> [UInt8] {
        defer { self = FrameSplitter() }
        return Array(bytes[head...])
    }
}
