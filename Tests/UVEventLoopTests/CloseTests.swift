import Testing
import UVEventLoop

@Suite(.timeLimit(.minutes(1)))
struct CloseTests {
    @Test func pendingWritesEndBeforeTheStream() async throws {
        try await withLoop { actor in
            let (client, server) = try await actor.pair()
            server.stream?.pauseReading()
            client.write("small", token: 1)
            client.stream?.write([UInt8](repeating: 1, count: 30_000_000), token: 2)
            client.stream?.write([UInt8](repeating: 2, count: 10), token: 3)
            client.stream?.close()
            client.write("too late", token: 4)
            #expect(client.events == [.connected])
            await client.wait { $0.isClosed }
            // The first was with the kernel before the close, and stays so.
            #expect(client.completions == [1, -2, -3, -4])
            #expect(client.events.last == .closed(.closedLocally))
            client.write("far too late", token: 5)
            await actor.turn()
            #expect(client.events.last == .closed(.closedLocally))
        }
    }

    @Test func closeAfterWritesDeliversEverythingThenFIN() async throws {
        try await withLoop { actor in
            let (client, server) = try await actor.pair()
            client.stream?.write([UInt8](repeating: 1, count: 20_000_000), token: 1)
            client.stream?.closeAfterWrites()
            client.write("too late", token: 2)
            await server.wait { $0.isClosed }
            #expect(server.received.count == 20_000_000)
            #expect(server.closeReason == .endOfStream)
            await client.wait { $0.isClosed }
            #expect(client.completions == [1, -2])
            #expect(client.closeReason == .closedLocally)
        }
    }

    @Test func closeAfterWritesOutlivesThePeersFIN() async throws {
        try await withLoop { actor in
            let (client, server) = try await actor.pair()
            // Half closed by the client, which still reads.
            client.stream?.pauseReading()
            server.stream?.write([UInt8](repeating: 1, count: 8_000_000), token: 1)
            server.stream?.closeAfterWrites()
            await actor.turn()
            client.stream?.resumeReading()
            await client.wait { $0.isClosed }
            #expect(client.received.count == 8_000_000)
            #expect(server.completions == [1])
        }
    }

    @Test func finIsTheEndOfTheStream() async throws {
        try await withLoop { actor in
            let (client, server) = try await actor.pair()
            server.write("bye")
            server.stream?.close()
            await client.wait { $0.isClosed }
            #expect(client.text == "bye")
            #expect(client.closeReason == .endOfStream)
        }
    }

    @Test func resetIsAFailure() async throws {
        try await withLoop { actor in
            let (client, server) = try await actor.pair()
            server.stream?.closeWithReset()
            server.stream?.closeWithReset()
            await client.wait { $0.isClosed }
            await server.wait { $0.isClosed }
            #expect(client.errorName == "ECONNRESET")
            #expect(server.events == [.closed(.closedLocally)])
        }
    }

    @Test func whatCameBeforeAResetIsDeliveredFirst() async throws {
        try await withLoop { actor in
            let (client, server) = try await actor.pair()
            client.stream?.pauseReading()
            server.write("last words")
            server.stream?.closeWithReset()
            await server.wait { $0.isClosed }
            client.stream?.resumeReading()
            await client.wait { $0.isClosed }
            #expect(client.text == "last words")
            #expect(client.errorName == "ECONNRESET")
        }
    }

    @Test func closingWithUnreadInputDeliversTheAnswerFirst() async throws {
        try await withLoop { actor in
            let (client, server) = try await actor.pair()
            server.stream?.pauseReading()
            client.write("never read")
            await client.wait { $0.completions == [1] }
            server.write("answer")
            server.stream?.close()
            await client.wait { $0.isClosed }
            #expect(client.text == "answer")
            #expect(client.errorName == "ECONNRESET")
        }
    }

    @Test func aWriteThatMeetsAResetDoesNotLoseWhatCameBefore() async throws {
        try await withLoop { actor in
            let (client, server) = try await actor.pair()
            client.stream?.pauseReading()
            server.write("last words")
            server.stream?.closeWithReset()
            await server.wait { $0.isClosed }
            client.write("anybody there?", token: 1)
            client.write("hello?", token: 2)
            client.stream?.resumeReading()
            await client.wait { $0.isClosed }
            #expect(client.text == "last words")
            #expect(client.completions == [-1, -2])
            #expect(client.errorName == "ECONNRESET")
        }
    }

    @Test func closingInsideACallbackIsTheLastButOneThingHeard() async throws {
        try await withLoop { actor in
            let (client, server) = try await actor.pair()
            server.whenRead = { stream, _ in
                stream.write([1], token: 9)
                stream.close()
            }
            client.stream?.write([UInt8](repeating: 1, count: 1_000_000), token: 1)
            await server.wait { $0.isClosed }
            #expect(server.events == [.read, .wrote(9, handedOver: true), .closed(.closedLocally)])
            await client.wait { $0.isClosed }
        }
    }

    @Test func shutDownClosesWhatIsOpen() async throws {
        let actor = LoopActor(on: try EventLoop())
        let log = try await actor.openPair()
        await actor.loop.shutDown()
        #expect(await actor.loop.liveCounts == .none)
        #expect(await actor.endings(of: log) == [.closedLocally, .closedLocally])
    }
}

extension LoopActor {
    /// Two streams left open, whose endings are read later.
    fileprivate func openPair() async throws -> Int {
        let (client, server) = try await pair()
        opened = [client, server]
        return 2
    }

    fileprivate func endings(of count: Int) -> [StreamCloseReason?] {
        opened.prefix(count).map(\.closeReason)
    }
}
