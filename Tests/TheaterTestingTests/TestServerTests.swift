import Testing
import TheaterProtocol
import UVEventLoop

@testable import TheaterTesting

@Suite("The server on real sockets", .timeLimit(.minutes(1)))
struct TestServerTests {
    private static let start = Command.startActor(
        manifest: "actors/prober.toml", initialState: nil, parent: false, subscribe: false)

    @Test("an actor's life", arguments: ServerEra.allCases)
    func life(era: ServerEra) async throws {
        try await withFixture(.init(era: era)) { server, loop in
            let client = await WireClient.connect(to: server, on: loop)
            #expect(await client.next() == .connected)
            client.send(Self.start)
            guard case .message(.actorStarted(let id)) = await client.next() else {
                Issue.record("not started")
                return
            }
            client.send(.getActorStatus(id), .stopActor(id), .listActors)
            #expect(await client.next() == .message(.actorStatus(id, .running)))
            #expect(await client.next() == .message(.actorStopped(id)))
            #expect(await client.next() == .message(.actorList([])))
        }
    }

    @Test("the wrong wire format: the end at a fragmenting server, silence at a plain one")
    func formats() async throws {
        try await withFixture(.init(era: .june2025)) { server, loop in
            let client = await WireClient.connect(to: server, on: loop, format: .plain)
            #expect(await client.next() == .connected)
            client.send(fence().command)
            #expect(await client.next() == .closed(.endOfStream))
        }
        try await withFixture(.init(era: .april2025)) { server, loop in
            let client = await WireClient.connect(to: server, on: loop, format: .fragmenting)
            #expect(await client.next() == .connected)
            client.send(fence().command)
            await server.waitUntil { $0.unparseableMessages == 1 }
            #expect(await client.readBytes() == [])
        }
    }

    @Test("stopped: connections end and new ones are refused; restarted: same port, no actors")
    func restart() async throws {
        // On 127.0.0.1, another test may take the port while it is free.
        var configuration = TestServer.Configuration()
        configuration.host = "127.0.0.88"
        try await withFixture(configuration) { server, loop in
            let first = await WireClient.connect(to: server, on: loop)
            #expect(await first.next() == .connected)
            first.send(Self.start)
            #expect(await first.next().message?.name == "ActorStarted")
            await server.stop()
            #expect(await first.next() == .closed(.endOfStream))
            let refused = await WireClient.connect(to: server, on: loop)
            guard case .closed(.failed(let error)) = await refused.next() else {
                Issue.record("not refused")
                return
            }
            #expect(error.name == "ECONNREFUSED")
            try await server.restart()
            #expect(await Self.list(server, loop) == 0)
            let again = await WireClient.connect(to: server, on: loop)
            #expect(await again.next() == .connected)
            again.send(Self.start)
            #expect(await again.next().message?.name == "ActorStarted")
            try await server.restart(.kept)
            #expect(await again.next() == .closed(.endOfStream))
            #expect(await Self.list(server, loop) == 1)
        }
    }

    private static func list(_ server: TestServer, _ loop: EventLoop) async -> Int? {
        let client = await WireClient.connect(to: server, on: loop)
        #expect(await client.next() == .connected)
        client.send(.listActors)
        guard case .message(.actorList(let actors)) = await client.next() else { return nil }
        return actors.count
    }

    @Test("a closed server: every call ends")
    func closed() async throws {
        let server = try await TestServer.start()
        async let waiting = server.waitUntil { _ in false }
        await server.close()
        #expect(await waiting.connectionsAccepted == 0)
        await server.close()
        await server.stop()
        await server.inject(Fault(.hang))
        await server.removeFaults()
        await server.dropConnections()
        await server.waitUntil { _ in false }
        await #expect(throws: TestServerError.self) { try await server.restart() }
        #expect(await server.statistics == TestServer.Statistics())
        #expect(await server.loop.liveCounts == .none)
    }

    @Test("a cancelled wait ends")
    func cancelledWait() async throws {
        try await withFixture { server, _ in
            let wait = Task { await server.waitUntil { _ in false } }
            wait.cancel()
            #expect(await wait.value.connectionsAccepted == 0)
        }
    }

    @Test("a port that is taken is an error")
    func portTaken() async throws {
        try await withFixture { server, _ in
            await #expect(throws: TestServerError.self) {
                _ = try await TestServer.start(.init(port: server.port))
            }
        }
    }

    @Test("channel messages and events are pushed behind the answers, deliveries counted")
    func pushes() async throws {
        try await withFixture { server, loop in
            let client = await WireClient.connect(to: server, on: loop)
            #expect(await client.next() == .connected)
            client.send(Self.start)
            guard case .message(.actorStarted(let id)) = await client.next() else { return }
            client.send(.openChannel(.actor(id), initialMessage: bytes("hello")))
            guard case .message(.channelOpened(let channel, _)) = await client.next() else {
                Issue.record("not opened")
                return
            }
            client.send(.sendOnChannel(channel, message: bytes("echo")))
            #expect(await client.next() == .message(.messageSent(channel)))
            #expect(
                await client.next()
                    == .message(
                        .channelMessage(channel, sender: .actor(id), message: bytes("echo"))))
            let watcher = await WireClient.connect(to: server, on: loop)
            #expect(await watcher.next() == .connected)
            watcher.send(.subscribeToActor(id))
            #expect(await watcher.next().message?.name == "Subscribed")
            client.send(.sendActorMessage(id, data: bytes("echo")))
            #expect(await client.next() == .message(.sentMessage(id)))
            for _ in 0..<3 { #expect(await watcher.next().message?.name == "ActorEvent") }
            #expect(await server.statistics.deliveries == ["hello": 1, "echo": 2])
        }
    }

    @Test("large answers come in fragments; one that fits no plain frame ends the connection")
    func large() async throws {
        try await withFixture(.init(era: .june2025)) { server, loop in
            #expect(await Self.request("big:4000000", server, loop) == 4_000_000)
        }
        try await withFixture(.init(era: .april2025)) { server, loop in
            let client = await WireClient.connect(to: server, on: loop)
            #expect(await client.next() == .connected)
            client.send(Self.start)
            guard case .message(.actorStarted(let id)) = await client.next() else { return }
            client.send(.requestActorMessage(id, data: bytes("big:9000000")), fence().command)
            #expect(await client.next() == .closed(.endOfStream))
            #expect(await server.statistics.executions["UnsubscribeFromActor"] == 1)
        }
    }

    private static func request(
        _ text: String, _ server: TestServer, _ loop: EventLoop
    ) async -> Int? {
        let client = await WireClient.connect(to: server, on: loop)
        #expect(await client.next() == .connected)
        client.send(start)
        guard case .message(.actorStarted(let id)) = await client.next() else { return nil }
        client.send(.requestActorMessage(id, data: bytes(text)))
        guard case .message(.requestedMessage(id, let answer)) = await client.next() else {
            return nil
        }
        return answer.count
    }

    @Test("bytes in any chunking, and many commands in one write")
    func pipelined() async throws {
        try await withFixture { server, loop in
            let client = await WireClient.connect(to: server, on: loop)
            #expect(await client.next() == .connected)
            for _ in 0..<300 { client.send(.listActors, .listActors, .newStore) }
            for _ in 0..<300 {
                #expect(await client.next() == .message(.actorList([])))
                #expect(await client.next() == .message(.actorList([])))
                #expect(await client.next().message?.name == "StoreCreated")
            }
        }
    }

    @Test("a client that does not read has no further commands executed until it does")
    func congestion() async throws {
        try await withFixture(.init(era: .april2025)) { server, loop in
            let client = await WireClient.connect(to: server, on: loop)
            #expect(await client.next() == .connected)
            client.send(Self.start)
            guard case .message(.actorStarted(let id)) = await client.next() else { return }
            client.pauseReading()
            let request = Command.requestActorMessage(id, data: bytes("big:500000"))
            client.send(Array(repeating: request, count: 16))
            let statistics = await server.waitUntil { $0.executions[request.name] != nil }
            #expect((1..<16).contains(statistics.executions[request.name] ?? 0))
            client.resumeReading()
            for _ in 0..<16 { #expect(await client.next().message?.name == "RequestedMessage") }
        }
    }

    @Test("a server for the time of a closure")
    func scoped() async throws {
        let server = try await TestServer.withServer { server in
            #expect(server.address == "127.0.0.1:\(server.port)")
            return server
        }
        await #expect(throws: TestServerError.self) { try await server.restart() }
    }
}
