import Testing
import UVEventLoop

@Suite(.timeLimit(.minutes(1)))
struct StreamTests {
    /// Bytes in which a swapped or lost chunk shows.
    static func pattern(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8 &+ $0 >> 16) }
    }

    @Test(arguments: [1, 65_535, 65_536, 65_537, 5_000_000])
    func echo(byteCount: Int) async throws {
        try await withLoop { actor in
            let (client, server) = try await actor.pair()
            server.whenRead = { stream, bytes in stream.write(bytes, token: 0) }
            let sent = Self.pattern(byteCount)
            client.stream?.write(sent, token: 7)
            await client.wait { $0.received.count == byteCount }
            #expect(client.received == sent)
            #expect(client.completions == [7])
            client.stream?.close()
            await client.wait { $0.isClosed }
            await server.wait { $0.isClosed }
            #expect(client.events.last == .closed(.closedLocally))
            #expect(server.events.last == .closed(.endOfStream))
            #expect(await actor.loop.liveCounts == .none)
        }
    }

    @Test func completionsKeepTheOrderOfWrites() async throws {
        try await withLoop { actor in
            let (client, server) = try await actor.pair()
            for token in 1...300 {
                let head = [UInt8(truncatingIfNeeded: token)]
                let body = [UInt8](repeating: 0, count: token * 37)
                client.stream?.write([head, [], body], token: UInt64(token))
            }
            client.stream?.write([UInt8](), token: 301)
            #expect(client.completions.isEmpty)
            await client.wait { $0.completions.count == 301 }
            #expect(client.completions == Array(1...301))
            let total = (1...300).reduce(0) { $0 + $1 * 37 + 1 }
            await server.wait { $0.received.count == total }
            #expect(client.stream?.unsentByteCount == 0)
        }
    }

    @Test func unsentBytesAreCountedWhileThePeerDoesNotRead() async throws {
        try await withLoop { actor in
            let (client, server) = try await actor.pair()
            server.stream?.pauseReading()
            client.stream?.write([UInt8](repeating: 1, count: 20_000_000), token: 1)
            await actor.turn()
            #expect((client.stream?.unsentByteCount ?? 0) > 0)
            #expect(client.completions.isEmpty)
            server.stream?.resumeReading()
            await server.wait { $0.received.count == 20_000_000 }
            await client.wait { $0.completions == [1] }
            #expect(client.stream?.unsentByteCount == 0)
        }
    }

    @Test func aPausedStreamReadsNothing() async throws {
        try await withLoop { actor in
            let (client, server) = try await actor.pair()
            server.stream?.pauseReading()
            client.write("held")
            await client.wait { $0.completions == [1] }
            // A second connection's round trip: the loop has polled since.
            let (other, peer) = try await actor.pair()
            other.write("x")
            await peer.wait { $0.text == "x" }
            #expect(server.received.isEmpty)
            server.stream?.resumeReading()
            await server.wait { $0.text == "held" }
        }
    }

    @Test func pausingInsideAReadHoldsBackTheRest() async throws {
        try await withLoop { actor in
            let (client, server) = try await actor.pair()
            server.whenRead = { stream, _ in stream.pauseReading() }
            let sent = Self.pattern(1_000_000)
            client.stream?.write(sent, token: 1)
            var reads = 0
            while server.received.count < sent.count {
                reads += 1
                await server.wait { $0.events.filter { $0 == .read }.count >= reads }
                await actor.turn()
                #expect(server.events.filter { $0 == .read }.count == reads)
                server.stream?.resumeReading()
            }
            #expect(server.received == sent)
        }
    }
}
