import Testing

@testable import UVEventLoop

/// A server with Nagle's algorithm on writes its second small answer when the first has been
/// acknowledged, and a kernel that expects data to send along delays that by 40 ms (wire reference
/// §0.1).
///
/// The kernel falls into that mode by itself whenever the client sends, so the option has to be set
/// again and again. What the delay costs is a matter of theater-bench; here the kernel is asked.
@Suite(.timeLimit(.minutes(1)))
struct QuickAcknowledgeTests {
    @Test func afterEachReadTheKernelAcknowledgesAtOnce() async throws {
        try await withLoop { actor in
            let modes = try await Self.modes(actor, quickAcknowledge: true, exchanges: 200)
            #expect(modes.allSatisfy { $0 })
        }
    }

    @Test func withoutTheOptionItDoesNot() async throws {
        try await withLoop { actor in
            let modes = try await Self.modes(actor, quickAcknowledge: false, exchanges: 200)
            #expect(modes.contains(false))
        }
    }

    /// Whether the client's kernel acknowledges at once, asked when each answer has been read.
    private static func modes(
        _ actor: isolated LoopActor, quickAcknowledge: Bool, exchanges: Int
    ) async throws -> [Bool] {
        var options = TCPOptions()
        options.quickAcknowledge = quickAcknowledge
        let (client, server) = try await actor.pair(client: options, server: .server)
        server.whenRead = { stream, bytes in stream.write(bytes, token: 0) }
        var modes: [Bool] = []
        for exchange in 1...exchanges {
            client.stream?.write([1], token: 0)
            await client.wait { $0.received.count == exchange }
            modes.append(client.stream?.acknowledgesQuickly ?? false)
        }
        client.stream?.close()
        await server.wait { $0.isClosed }
        return modes
    }
}
