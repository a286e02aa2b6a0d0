import Testing
import TheaterProtocol
import UVEventLoop

@testable import TheaterTesting

/// A server and a loop for clients; ends both, and checks that nothing is left open.
func withFixture(
    _ configuration: TestServer.Configuration = .init(),
    _ body: (_ server: TestServer, _ loop: EventLoop) async throws -> Void
) async throws {
    let server = try await TestServer.start(configuration)
    let loop = try EventLoop(name: "test-clients")
    do {
        try await body(server, loop)
    } catch {
        Issue.record(error)
    }
    await server.close()
    await loop.shutDown()
    #expect(await server.loop.liveCounts == .none)
    #expect(await loop.liveCounts == .none)
    #expect(await server.statistics.connectionsOpen == 0)
}

extension WireClient.Event {
    var isReset: Bool {
        if case .closed(.failed(let error)) = self { error.name == "ECONNRESET" } else { false }
    }

    var message: ServerMessage? {
        if case .message(let message) = self { message } else { nil }
    }
}
