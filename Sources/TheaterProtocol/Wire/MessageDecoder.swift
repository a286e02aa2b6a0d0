/// Bytes in any chunking → inner messages (the JSON text of one command or reply), both formats.
///
/// Call `next` until it returns nil after each `append`. Memory follows the bytes received; the
/// bounds are in `Limits`.
public struct MessageDecoder: Sendable {
    private let format: WireFormat
    private var frames: FrameDecoder
    private var fragments = FragmentAssembler()
    private var failure: WireError?

    /// A decoder for a new connection.
    ///
    /// - Parameters:
    ///   - format: How the peer packs its messages.
    ///   - emptyFrames: What a frame of length zero means.
    public init(format: WireFormat, emptyFrames: EmptyFramePolicy = .refuse) {
        self.format = format
        frames = FrameDecoder(emptyFrames: emptyFrames)
    }

    /// Takes received bytes; after a fault they are dropped.
    ///
    /// - Parameter bytes: The next bytes of the stream, in any chunking.
    public mutating func append(_ bytes: [UInt8]) {
        guard failure == nil else { return }
        frames.append(bytes)
    }

    /// The next whole message, nil when more bytes are needed.
    ///
    /// - Parameter now: Time on any steady clock; partial messages expire by it after 30 s.
    /// - Returns: The JSON text of one message, not yet checked.
    /// - Throws: `WireError`, and the same again from every later call.
    public mutating func next(now: Duration) throws(WireError) -> [UInt8]? {
        if let failure { throw failure }
        do throws(WireError) {
            return try nextMessage(now: now)
        } catch {
            failure = error
            frames.removeAll()
            fragments.removeAll()
            throw error
        }
    }

    private mutating func nextMessage(now: Duration) throws(WireError) -> [UInt8]? {
        fragments.expire(now: now)
        while let range = try frames.next() {
            switch format {
            case .plain:
                return Array(frames.bytes[range])
            case .fragmenting:
                switch try Envelope(parsing: frames.bytes, in: range) {
                case .complete(let message):
                    return message
                case .fragment(let fragment):
                    if let message = try fragments.add(fragment, now: now) { return message }
                }
            }
        }
        return nil
    }

    /// Bytes held in buffers: received and not yet returned.
    public var bufferedByteCount: Int { frames.bufferedByteCount + fragments.byteCount }

    /// True when a frame or message has begun and is not complete (progress limits use it).
    public var isInsideMessage: Bool { frames.bufferedByteCount > 0 || !fragments.isEmpty }
}
