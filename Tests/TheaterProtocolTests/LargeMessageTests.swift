import Testing

@testable import TheaterProtocol

/// Messages of megabytes, kept as digests, made again by the rule of the scripted actor.
@Suite struct LargeMessageTests {
    /// Threshold of the server that wrote the recording.
    private static func fragmentBytes(of era: ServerEra) -> Int {
        era == .june2025 ? 12 << 20 : 8 << 20
    }

    @Test(arguments: Recording.wellFormed.filter { $0.name == "large" && $0.era != .july2026 })
    func answersAndEchoes(_ recording: Recording) throws {
        let era = recording.era
        var server: [String: MessageEncoder] = [:]
        var client: [String: MessageEncoder] = [:]
        var frames: [[UInt8]] = []
        var count = 0
        var size = 0
        for line in try recording.lines() {
            if line.what == "note", let text = line.text, text.hasSuffix(" bytes") {
                size = text.split(separator: " ").compactMap { Int($0) }.last ?? 0
                frames = []
            } else if let digest = line.digest {
                let fresh = MessageEncoder(
                    format: era.wireFormat, fragmentBytes: Self.fragmentBytes(of: era))
                let content = [UInt8](repeating: UInt8(ascii: "z"), count: size)
                let id = try Self.actor(for: line, in: recording)
                if line.what == "sent" {
                    let bytes = try client[line.connection, default: fresh].encode(
                        Command.requestActorMessage(id, data: content).encoded())
                    try expectDigest(of: bytes, digest)
                    count += 1
                    continue
                }
                if frames.isEmpty {
                    let bytes = try server[line.connection, default: fresh].encode(
                        ServerMessage.requestedMessage(id, content).encoded(as: era))
                    frames = Self.split(bytes)
                }
                try expectDigest(of: frames.removeFirst(), digest)
                count += 1
            }
        }
        let expected = [ServerEra.april2025: 4, .june2025: 8, .january2026: 7]
        #expect(count == expected[era])
    }

    /// The actor all requests of the connection went to.
    private static func actor(
        for line: RecordedLine, in recording: Recording
    ) throws -> ActorID {
        for other in try recording.lines()
        where other.connection == line.connection && other.what == "received" {
            if let text = other.wholeText,
                case .actorStarted(let id) = try ServerMessage(decoding: Array(text.utf8))
            {
                return id
            }
        }
        throw MissingActor()
    }

    private struct MissingActor: Error {}

    private static func split(_ bytes: [UInt8]) -> [[UInt8]] {
        var frames: [[UInt8]] = []
        var start = 0
        while start + 4 <= bytes.count {
            let length = bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
            frames.append(Array(bytes[start..<start + 4 + length]))
            start += 4 + length
        }
        return frames
    }

    @Test func manifestOfNineMegabytes() throws {
        let recording = try #require(
            Recording.all.first { $0.name == "large" && $0.era == .july2026 })
        let digest = try #require(try recording.lines().compactMap(\.digest).first)
        let command = Command.startActor(
            manifest: String(repeating: "x", count: 9_000_000), initialState: nil, parent: false,
            subscribe: false)
        var encoder = MessageEncoder(format: .fragmenting)
        let bytes = try encoder.encode(command.encoded())
        try expectDigest(of: bytes, digest)
        let inner = try WireFormat.fragmenting.messages(in: bytes)
        #expect(inner.count == 1)
        #expect(try Command(decoding: inner[0], era: .july2026) == command)
    }

    /// The histories of events are not kept whole and cannot be made again: only what was kept
    /// can be checked, the length prefix and both ends.
    @Test(arguments: Recording.wellFormed.filter { $0.name != "large" })
    func eventHistories(_ recording: Recording) throws {
        for line in try recording.lines() {
            guard let digest = line.digest, let tail = digest.tail else { continue }
            let length = digest.head.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            #expect(length == digest.length - 4)
            #expect(digest.head.dropFirst(4).starts(with: "{\"Complete\":[123,34,".utf8))
            #expect(tail.suffix(2).elementsEqual("]}".utf8))
        }
    }

    @Test func completeThatWouldOutgrowAFrameIsSentAsOneFragment() throws {
        // Below the threshold, but four bytes of text each.
        let message = [UInt8](repeating: 200, count: 8_388_607)
        #expect(Envelope.completeCount(of: message) > Limits.frameBytes)
        var encoder = MessageEncoder(format: .fragmenting)
        let bytes = try encoder.encode(message)
        let head = "{\"Fragment\":{\"message_id\":1,\"fragment_index\":0,\"total_fragments\":1,"
        #expect(bytes.dropFirst(4).starts(with: head.utf8))
        #expect(try WireFormat.fragmenting.messages(in: bytes) == [message])
    }
}
