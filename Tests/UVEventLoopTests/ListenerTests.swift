import Testing
import UVEventLoop

@Suite(.timeLimit(.minutes(1)))
struct ListenerTests {
    @Test func aStreamWithoutADelegateIsClosed() async throws {
        try await withLoop { actor in
            let listener = try Listener(
                on: actor.loop, address: "127.0.0.1", port: 0, options: .server
            ) { _ in }
            let client = actor.connect(to: listener.port)
            await client.wait { $0.isClosed }
            #expect(client.closeReason == .endOfStream)
            await withCheckedContinuation { done in listener.close { done.resume() } }
            await withCheckedContinuation { done in listener.close { done.resume() } }
            #expect(await actor.loop.liveCounts == .none)
        }
    }

    @Test func aPortInUseIsAnError() async throws {
        try await withLoop { actor in
            let first = try actor.listen { _ in Probe() }
            let error = #expect(throws: UVError.self) {
                try Listener(
                    on: actor.loop, address: "127.0.0.1", port: first.port, options: .server
                ) { _ in }
            }
            #expect(error?.name == "EADDRINUSE")
            first.close()
        }
    }

    @Test(arguments: ["localhost", "", "300.0.0.1", "127.0.0.1\0"])
    func anAddressThatIsNotNumericIsAnError(address: String) async throws {
        try await withLoop { actor in
            let error = #expect(throws: UVError.self) {
                try Listener(on: actor.loop, address: address, port: 0, options: .server) { _ in }
            }
            #expect(error?.name == "EINVAL")
        }
    }

    @Test func theSamePortCanBeListenedOnAgain() async throws {
        try await withLoop { actor in
            // Not 127.0.0.1, where another test may take the port in between.
            let address = "127.0.0.77"
            let first = try Listener(on: actor.loop, address: address, port: 0, options: .server) {
                $0.close()
            }
            await withCheckedContinuation { done in first.close { done.resume() } }
            let second = try Listener(
                on: actor.loop, address: address, port: first.port, options: .server
            ) { $0.close() }
            #expect(second.port == first.port)
            second.close()
        }
    }
}
