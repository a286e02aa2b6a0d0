import TheaterProtocol

/// Decodes, prints and records what happens on any number of connections.
///
/// It gets copies: whatever becomes of them here, the originals have been forwarded. One thread at
/// a time, which is what the unchecked `Sendable` stands for.
final class Tap: @unchecked Sendable {
    /// Bytes of incomplete frames and messages held for all connections together.
    private static let heldBytesMax = 256 << 20

    let transcript: Transcript
    var tally = Tally()
    private let recorder: RecordingWriter?
    private let wire: WireFormat?
    private var connections: [String: TappedConnection] = [:]
    /// The format of the server's newest frame: it speaks one.
    private var spoken: WireFormat?
    private var heldByteCount = 0

    /// - Parameters:
    ///   - transcript: Where everything is printed.
    ///   - recorder: Where everything is recorded.
    ///   - wire: How frames are packed; nil finds out from each.
    init(transcript: Transcript, recorder: RecordingWriter?, wire: WireFormat?) {
        self.transcript = transcript
        self.recorder = recorder
        self.wire = wire
    }

    /// Takes what happened on a connection, in the order of time.
    func process(_ occurrence: Occurrence, on name: String, at milliseconds: Double) {
        let milliseconds = Clock.clamped(milliseconds)
        switch occurrence {
        case .connected:
            _ = connection(name)
            transcript.line(at: milliseconds, name, nil, "connected")
            recorder?.write(at: milliseconds, "connected", name, text: nil)
        case .connectFailed(let reason):
            transcript.line(
                at: milliseconds, name, nil, "cannot connect: \(Excerpt.line(reason))")
            recorder?.write(at: milliseconds, "connect failed", name, text: reason)
        case .bytes(let direction, let bytes):
            take(bytes, direction, connection(name), at: milliseconds)
        case .missed(let direction, let byteCount):
            let reason = "\(byteCount) B went by too fast to be decoded"
            abandon(direction, connection(name), because: reason, at: milliseconds)
        case .ended(let ending):
            end(connection(name), ending, at: milliseconds)
        }
    }

    func flush() {
        transcript.flush()
        recorder?.flush()
    }

    /// Also one that a recording has not opened.
    func connection(_ name: String) -> TappedConnection {
        if let known = connections[name] { return known }
        let connection = TappedConnection(name: name, wire: wire)
        connections[name] = connection
        tally.connections += 1
        return connection
    }

    // MARK: Bytes

    private func take(
        _ bytes: [UInt8], _ direction: Direction, _ connection: TappedConnection,
        at milliseconds: Double
    ) {
        switch connection[direction].following {
        case .abandoned:
            return
        case .unframed:
            recorder?.write(at: milliseconds, direction, connection.name, bytes: bytes)
        case .framed:
            let before = connection.bufferedByteCount
            connection[direction].reader.append(bytes)
            readFrames(direction, connection, at: milliseconds)
            heldByteCount += connection.bufferedByteCount - before
            guard heldByteCount > Self.heldBytesMax else { return }
            let reason = "more than \(Self.heldBytesMax >> 20) MiB are waiting for their rest"
            abandon(direction, connection, because: reason, at: milliseconds)
        }
    }

    private func readFrames(
        _ direction: Direction, _ connection: TappedConnection, at milliseconds: Double
    ) {
        let time = Duration.milliseconds(milliseconds)
        do throws(WireError) {
            while let frame = try connection[direction].reader.next(at: time, spoken: spoken) {
                show(frame, direction, connection, at: milliseconds)
                recorder?.write(
                    at: milliseconds, direction, connection.name, bytes: frame.bytes,
                    text: frame.text, fragment: frame.fragment)
            }
        } catch {
            tally.frames += 1
            tally.unknown[direction, default: 0] += 1
            connection[direction].following = .unframed
            let rest = connection[direction].reader.takeRest()
            transcript.line(
                at: milliseconds, connection.name, direction,
                "? \(error): \(Excerpt.payload(rest)); "
                    + "nothing more from \(direction.sender) can be decoded")
            recorder?.write(at: milliseconds, direction, connection.name, bytes: rest)
        }
    }

    /// Stops looking at a direction, and frees what is held for it.
    private func abandon(
        _ direction: Direction, _ connection: TappedConnection, because reason: String,
        at milliseconds: Double
    ) {
        guard connection[direction].following != .abandoned else { return }
        tally.partlySeen += 1
        writeRest(direction, connection, at: milliseconds)
        heldByteCount -= connection[direction].reader.bufferedByteCount
        connection[direction].reader = FrameReader(direction, wire: wire)
        connection[direction].following = .abandoned
        let text = "\(reason); nothing more from \(direction.sender) is decoded or recorded"
        transcript.line(at: milliseconds, connection.name, direction, "? \(text)")
        recorder?.write(at: milliseconds, "note", connection.name, text: text)
    }

    /// Records the frame that has begun.
    private func writeRest(
        _ direction: Direction, _ connection: TappedConnection, at milliseconds: Double
    ) {
        let before = connection.bufferedByteCount
        let rest = connection[direction].reader.takeRest()
        heldByteCount += connection.bufferedByteCount - before
        guard !rest.isEmpty else { return }
        recorder?.write(at: milliseconds, direction, connection.name, bytes: rest)
    }

    // MARK: Frames

    private func show(
        _ frame: DecodedFrame, _ direction: Direction, _ connection: TappedConnection,
        at milliseconds: Double
    ) {
        note(frame.format, direction, connection, at: milliseconds)
        let text: String
        switch frame.content {
        case .message(let message):
            count(message, connection)
            let origin = frame.fragment.map { " [reassembled, fragments: \($0.total)]" } ?? ""
            text = message.line + origin
        case .piece:
            text = frame.fragment?.description ?? "a fragment"
        case .nothing:
            text = "an empty frame, which servers skip"
        case .unreadable(let reason):
            tally.unknown[direction, default: 0] += 1
            let content = frame.text ?? Array(frame.bytes.dropFirst(4))
            text = "? \(Excerpt.line(reason)): \(Excerpt.payload(content))"
        }
        tally.frames += 1
        transcript.line(at: milliseconds, connection.name, direction, text)
    }

    private func note(
        _ format: WireFormat?, _ direction: Direction, _ connection: TappedConnection,
        at milliseconds: Double
    ) {
        guard let format else { return }
        if connection.spoken != format {
            transcript.line(
                at: milliseconds, connection.name, nil, "wire format: \(format.rawValue)")
        }
        connection.spoken = format
        // A client may be wrong about it.
        if direction == .fromServer { spoken = format }
    }

    func count(_ message: Message, _ connection: TappedConnection) {
        for event in message.events {
            tally.events += 1
            if event.computedHash() == event.hash { tally.verified += 1 }
        }
        if let event = message.pushedEvent { tally.reordered += connection.order.add(event) }
    }

    // MARK: Ends

    private func end(
        _ connection: TappedConnection, _ ending: Occurrence.Ending, at milliseconds: Double
    ) {
        for direction in [Direction.toServer, .fromServer] {
            let reader = connection[direction].reader
            let (byteCount, announced) = reader.begun
            if byteCount > 0 {
                let whole = announced.map { "\($0)" } ?? "at least 4"
                transcript.line(
                    at: milliseconds, connection.name, direction,
                    "ends inside a frame: \(byteCount) of \(whole) B")
                writeRest(direction, connection, at: milliseconds)
            }
            if reader.incompleteByteCount > 0 {
                transcript.line(
                    at: milliseconds, connection.name, direction,
                    "ends inside a message: \(reader.incompleteByteCount) B of fragments")
            }
        }
        heldByteCount -= connection.bufferedByteCount
        connections[connection.name] = nil
        transcript.line(at: milliseconds, connection.name, nil, ending.text)
        let (what, text) = ending.recorded
        recorder?.write(at: milliseconds, what, connection.name, text: text)
    }
}
