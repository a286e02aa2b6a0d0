import Testing
import TheaterProtocol
import UVEventLoop

@testable import TheaterTesting

@Suite("Faults on real sockets", .timeLimit(.minutes(1)))
struct SocketFaultTests {
    private static let list = WireClient.Event.message(.actorList([]))

    @Test("closed before the reply, executed all the same", arguments: ServerEra.allCases)
    func replyLost(era: ServerEra) async throws {
        try await withFixture(.init(era: era)) { server, loop in
            await server.inject(Fault(.cutBeforeReply(.close), on: .command("ListActors")))
            let client = await WireClient.connect(to: server, on: loop)
            #expect(await client.next() == .connected)
            client.send(.listActors)
            #expect(await client.next() == .closed(.endOfStream))
            let statistics = await server.waitUntil { $0.connectionsOpen == 0 }
            #expect(statistics.executions == ["ListActors": 1])
        }
    }

    @Test("reset before execution")
    func reset() async throws {
        try await withFixture { server, loop in
            await server.inject(Fault(.cutBeforeExecuting(.reset), on: .command("ListActors")))
            let client = await WireClient.connect(to: server, on: loop)
            #expect(await client.next() == .connected)
            client.send(.listActors)
            #expect(await client.next().isReset)
            #expect(await server.statistics.executions == [:])
        }
    }

    @Test("answered, then cut", arguments: [Fault.Cut.close, .reset])
    func cutAfterReply(cut: Fault.Cut) async throws {
        try await withFixture { server, loop in
            await server.inject(Fault(.cutAfterReply(cut), on: .command("ListActors")))
            let client = await WireClient.connect(to: server, on: loop)
            #expect(await client.next() == .connected)
            client.send(.listActors)
            #expect(await client.next() == Self.list)
            let end = await client.next()
            // libuv calls it the end of the stream when data and the reset arrive together.
            #expect(end == .closed(.endOfStream) || (cut == .reset && end.isReset))
        }
    }

    @Test("cut inside the reply's frame", arguments: [0, 1, 3, 4, 5, 20])
    func cutInsideFrame(count: Int) async throws {
        try await withFixture { server, loop in
            await server.inject(
                Fault(.cutInsideReply(bytes: count, .close), on: .command("ListActors")))
            let client = await WireClient.connect(to: server, on: loop)
            #expect(await client.next() == .connected)
            client.send(.listActors)
            #expect(await client.next() == .closed(.endOfStream))
            #expect(await client.readBytes().count == count)
        }
    }

    @Test("a reply in pieces arrives in several reads, and whole")
    func split() async throws {
        try await withFixture { server, loop in
            await server.inject(Fault(.splitReply(bytes: 7), on: .command("ListActors")))
            let client = await WireClient.connect(to: server, on: loop)
            #expect(await client.next() == .connected)
            client.send(.listActors)
            #expect(await client.next() == Self.list)
            let sizes = await client.readSizes()
            #expect(sizes.count > 3)
            #expect(sizes.first == 7)
        }
    }

    @Test("garbage instead of a reply, as it is")
    func garbage() async throws {
        try await withFixture { server, loop in
            let http = bytes("HTTP/1.1 400 Bad Request\r\n\r\n")
            await server.inject(Fault(.garbage(http), on: .command("ListActors")))
            let client = await WireClient.connect(to: server, on: loop)
            #expect(await client.next() == .connected)
            client.send(.listActors)
            #expect(await client.next() == .broken(.frameTooLarge))
            #expect(await client.readBytes() == http)
        }
    }

    @Test("a swallowed reply leaves the connection in order")
    func swallow() async throws {
        try await withFixture { server, loop in
            await server.inject(Fault(.swallowReply, on: .command("ListActors")))
            let client = await WireClient.connect(to: server, on: loop)
            #expect(await client.next() == .connected)
            let (fence, echo) = fence()
            client.send(.listActors, fence)
            #expect(await client.next() == .message(echo))
            #expect(await server.statistics.commandsExecuted == 2)
        }
    }

    @Test("a hung connection stays open and silent; another works")
    func hang() async throws {
        try await withFixture { server, loop in
            await server.inject(Fault(.hang, on: .command("ListActors")))
            let hung = await WireClient.connect(to: server, on: loop)
            let client = await WireClient.connect(to: server, on: loop)
            #expect(await hung.next() == .connected)
            #expect(await client.next() == .connected)
            let (fence, echo) = fence()
            hung.send(fence, .listActors, fence)
            #expect(await hung.next() == .message(echo))
            client.send(.listActors)
            #expect(await client.next() == Self.list)
            // Nothing more came: the end the server makes is the next thing.
            await server.dropConnections(.reset)
            #expect(await hung.next().isReset)
            #expect(await server.statistics.commandsExecuted == 2)
        }
    }

    @Test("a connection cut as soon as it is accepted, and one that is never read")
    func accept() async throws {
        try await withFixture { server, loop in
            await server.inject(Fault(.cutBeforeExecuting(.close), on: .accept))
            await server.inject(Fault(.hang, on: .accept))
            let cut = await WireClient.connect(to: server, on: loop)
            #expect(await cut.next() == .connected)
            #expect(await cut.next() == .closed(.endOfStream))
            let hung = await WireClient.connect(to: server, on: loop)
            #expect(await hung.next() == .connected)
            hung.send(.listActors)
            let client = await WireClient.connect(to: server, on: loop)
            #expect(await client.next() == .connected)
            client.send(.newStore)
            await server.waitUntil { $0.commandsExecuted == 1 }
            #expect(await server.statistics.executions == ["NewStore": 1])
            #expect(await server.statistics.connectionsAccepted == 3)
            #expect(await server.statistics.connectionsOpen == 2)
        }
    }

    @Test("a delayed reply comes in its time and keeps the order")
    func delay() async throws {
        try await withFixture { server, loop in
            await server.inject(Fault(.delayReply(.milliseconds(30)), on: .command("ListActors")))
            let client = await WireClient.connect(to: server, on: loop)
            #expect(await client.next() == .connected)
            let (fence, echo) = fence()
            let start = ContinuousClock.now
            client.send(.listActors, fence)
            #expect(await client.next() == Self.list)
            #expect(ContinuousClock.now - start >= .milliseconds(30))
            #expect(await client.next() == .message(echo))
        }
    }
}
