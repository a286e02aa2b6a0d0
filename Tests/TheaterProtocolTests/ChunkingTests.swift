import Testing

@testable import TheaterProtocol

/// The same messages come out however the stream is cut.
@Suite struct ChunkingTests {
    /// All bytes a scenario's server sent, as one stream.
    private func stream(_ recording: Recording) throws -> [UInt8] {
        try recording.lines().filter { $0.what == "received" }.flatMap { $0.raw ?? [] }
    }

    private func messages(
        _ stream: [UInt8], _ format: WireFormat, cut: (Int) -> Int
    ) throws -> [[UInt8]] {
        var decoder = MessageDecoder(format: format)
        var messages: [[UInt8]] = []
        var start = 0
        while start < stream.count {
            let end = min(start + cut(start), stream.count)
            decoder.append(Array(stream[start..<end]))
            while let message = try decoder.next(now: .zero) {
                messages.append(message)
            }
            start = end
        }
        return messages
    }

    @Test(arguments: Recording.wellFormed)
    func randomChunks(_ recording: Recording) throws {
        let stream = try stream(recording)
        let whole = try recording.era.wireFormat.messages(in: stream)
        let seed = UInt64.random(in: 0..<1 << 32)
        var generator = SplitMix64(seed: seed)
        let chunked = try messages(stream, recording.era.wireFormat) { _ in
            let largest = Int.random(in: 1...3_000, using: &generator)
            return Int.random(in: 1...largest, using: &generator)
        }
        #expect(chunked == whole, "seed \(seed)")
    }

    @Test(arguments: Recording.wellFormed)
    func singleBytes(_ recording: Recording) throws {
        let stream = Array(try stream(recording).prefix(6_000))
        let whole = try messages(stream, recording.era.wireFormat) { _ in stream.count }
        let single = try messages(stream, recording.era.wireFormat) { _ in 1 }
        #expect(single == whole)
    }

    @Test(arguments: [WireFormat.plain, .fragmenting])
    func everyBoundary(_ format: WireFormat) throws {
        let texts = ["\"ListActors\"", "{\"NewStore\":{}}", "[]"].map { Array($0.utf8) }
        var encoder = MessageEncoder(format: format, fragmentBytes: 12)
        let stream = try texts.flatMap { try encoder.encode($0) }
        for boundary in 1..<stream.count {
            let cut = try messages(stream, format) { $0 == 0 ? boundary : stream.count }
            #expect(cut == texts, "boundary \(boundary)")
        }
    }

    @Test func manySmallFramesInOneChunk() throws {
        var encoder = MessageEncoder(format: .plain)
        let frame = try encoder.encode(Array("\"ListActors\"".utf8))
        let stream = Array(repeatElement(frame, count: 50_000).joined())
        #expect(try WireFormat.plain.messages(in: stream).count == 50_000)
    }
}
