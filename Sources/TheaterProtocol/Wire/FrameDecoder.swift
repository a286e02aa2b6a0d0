/// Splits bytes, in any chunking, into the payloads behind their length prefixes.
///
/// ```
///  read │◀── consumed ──▶│◀── 4-byte length ──▶│◀── payload ──▶│◀── not yet looked at ──▶│
///       0              head                                                    bytes.count
/// ```
///
/// Linear over all chunks and frames: bytes move only when at least as many were consumed. The
/// buffer holds what was received, never what a prefix announces.
struct FrameDecoder: Sendable {
    /// What an empty frame means.
    private let emptyFrames: EmptyFramePolicy
    /// Received bytes; valid for the range `next` returned until the next call.
    private(set) var bytes: [UInt8] = []
    private var head = 0

    init(emptyFrames: EmptyFramePolicy) {
        self.emptyFrames = emptyFrames
    }

    var bufferedByteCount: Int { bytes.count - head }

    mutating func append(_ chunk: [UInt8]) {
        if head == bytes.count {
            bytes.removeAll(keepingCapacity: true)
            head = 0
        } else if head >= bytes.count / 2 {
            bytes.removeSubrange(..<head)
            head = 0
        }
        bytes.append(contentsOf: chunk)
    }

    /// The range in `bytes` of the next whole payload; nil when more bytes are needed.
    mutating func next() throws(WireError) -> Range<Int>? {
        while bufferedByteCount >= 4 {
            let length = bytes[head..<head + 4].reduce(0) { $0 << 8 | Int($1) }
            guard length <= Limits.frameBytes else { throw tooLarge(length) }
            if length == 0 {
                guard emptyFrames == .skip else {
                    throw WireError(reason: .emptyFrame, description: "frame of length 0")
                }
                head += 4
                continue
            }
            guard bufferedByteCount - 4 >= length else { return nil }
            let start = head + 4
            head = start + length
            return start..<head
        }
        releaseLargeBuffer()
        return nil
    }

    /// Drops everything, after a fault.
    mutating func removeAll() {
        bytes = []
        head = 0
    }

    /// A large frame must not pin its memory for the life of the connection.
    private mutating func releaseLargeBuffer() {
        if head == bytes.count, bytes.capacity > 1 << 20 {
            removeAll()
        }
    }

    /// A mis-dialled port is the usual cause, so text in the place of the length is quoted.
    private func tooLarge(_ length: Int) -> WireError {
        var description = "frame length \(length) exceeds \(Limits.frameBytes) bytes"
        let prefix = bytes[head..<head + 4]
        if prefix.allSatisfy({ (0x20...0x7E).contains($0) }) {
            let text = String(decoding: prefix, as: UTF8.self)
            description += "; the first bytes read \"\(text)\": is this an HTTP server?"
        }
        return WireError(reason: .frameTooLarge, description: description)
    }
}
