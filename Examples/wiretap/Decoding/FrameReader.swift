import TheaterProtocol

/// A frame and what it says.
struct DecodedFrame {
    enum Content {
        case message(Message)
        /// A fragment whose message is not complete.
        case piece
        /// An empty frame to a plain server, which skips it.
        case nothing
        case unreadable(String)
    }

    /// Length prefix included.
    var bytes: [UInt8]
    /// How it is packed; nil for an empty frame.
    var format: WireFormat?
    var fragment: FragmentHeader?
    /// The JSON text of the message, where the frame completes one.
    var text: [UInt8]?
    var content: Content
}

/// Bytes of one direction of a connection → frames → messages.
///
/// One bad frame does not stop it, as long as the length prefixes make sense.
struct FrameReader {
    private let direction: Direction
    /// nil: each frame's top-level key tells.
    private let wire: WireFormat?
    private var splitter = FrameSplitter()
    private var fragmenting = MessageDecoder(format: .fragmenting)

    init(_ direction: Direction, wire: WireFormat?) {
        self.direction = direction
        self.wire = wire
    }

    var bufferedByteCount: Int { splitter.bufferedByteCount + fragmenting.bufferedByteCount }

    /// Bytes of fragments whose message never became whole.
    var incompleteByteCount: Int { fragmenting.bufferedByteCount }

    /// Bytes of the frame that has begun, and how many it announces.
    var begun: (byteCount: Int, announced: Int?) {
        (splitter.bufferedByteCount, splitter.announcedByteCount.map { $0 + 4 })
    }

    mutating func append(_ bytes: [UInt8]) {
        splitter.append(bytes)
    }

    mutating func takeRest() -> [UInt8] { splitter.takeRest() }

    /// The next whole frame, nil when more bytes are needed.
    ///
    /// - Parameters:
    ///   - time: On any steady clock; incomplete messages are forgotten after 30 s.
    ///   - spoken: The server's format, where it is known: an empty frame has none of its own.
    /// - Returns: The frame, readable or not.
    /// - Throws: `WireError` when it is not known any more where frames begin.
    mutating func next(
        at time: Duration, spoken: WireFormat?
    ) throws(WireError) -> DecodedFrame? {
        guard let bytes = try splitter.next() else { return nil }
        guard bytes.count > 4 else {
            let isSkipped = direction == .toServer && (wire ?? spoken) == .plain
            return DecodedFrame(
                bytes: bytes,
                content: isSkipped ? .nothing : .unreadable("a frame of length zero"))
        }
        let payload = Array(bytes[4...])
        switch wire ?? EnvelopeKey.format(of: payload) {
        case .plain:
            return frame(bytes, .plain, message: payload)
        case .fragmenting:
            return unpack(bytes, payload, at: time)
        }
    }

    private mutating func unpack(
        _ bytes: [UInt8], _ payload: [UInt8], at time: Duration
    ) -> DecodedFrame {
        let fragment =
            EnvelopeKey.isFragment(payload) ? FragmentHeader(payload: payload) : nil
        do throws(WireError) {
            fragmenting.append(bytes)
            guard let message = try fragmenting.next(now: time) else {
                return DecodedFrame(
                    bytes: bytes, format: .fragmenting, fragment: fragment, content: .piece)
            }
            return frame(bytes, .fragmenting, fragment, message: message)
        } catch {
            // A server ends the connection here; if the peer goes on, so does the tap.
            fragmenting = MessageDecoder(format: .fragmenting)
            return DecodedFrame(
                bytes: bytes, format: .fragmenting, fragment: fragment,
                content: .unreadable(error.description))
        }
    }

    private func frame(
        _ bytes: [UInt8], _ format: WireFormat, _ fragment: FragmentHeader? = nil,
        message: [UInt8]
    ) -> DecodedFrame {
        var frame = DecodedFrame(
            bytes: bytes, format: format, fragment: fragment, text: message, content: .piece)
        do throws(WireError) {
            frame.content = .message(try Message(decoding: message, direction))
        } catch {
            frame.content = .unreadable(error.description)
        }
        return frame
    }
}

/// The top-level key of a payload: it tells the two wire formats apart (wire reference §2.4).
enum EnvelopeKey {
    private static let complete = Array("\"Complete\"".utf8)
    private static let fragment = Array("\"Fragment\"".utf8)

    static func format(of payload: [UInt8]) -> WireFormat {
        let key = key(of: payload)
        return key == complete || key == fragment ? .fragmenting : .plain
    }

    static func isFragment(_ payload: [UInt8]) -> Bool {
        key(of: payload) == fragment
    }

    /// The first bytes behind the opening brace, as many as both keys have.
    private static func key(of payload: [UInt8]) -> [UInt8] {
        let text = payload.drop(while: isSpace)
        guard text.first == UInt8(ascii: "{") else { return [] }
        return Array(text.dropFirst().drop(while: isSpace).prefix(complete.count))
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}
