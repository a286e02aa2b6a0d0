import Glibc
import Testing

@testable import UVEventLoop

@Suite(.timeLimit(.minutes(1)))
struct ConnectTests {
    @Test func aRefusedConnectionEndsTheStream() async throws {
        let (descriptor, port) = try Descriptors.boundSocket(backlog: nil)
        defer { close(descriptor) }
        try await withLoop { actor in
            let client = actor.connect(to: port)
            #expect(client.events.isEmpty)
            await client.wait { $0.isClosed }
            #expect(client.events.count == 1)
            #expect(client.errorName == "ECONNREFUSED")
            #expect(await actor.loop.liveCounts == .none)
        }
    }

    @Test func aNameIsResolvedAndItsAddressesAreTried() async throws {
        try await withLoop { actor in
            let server = Probe()
            let listener = try actor.listen { _ in server }
            // Where localhost is ::1 first, that address refuses: nothing listens there.
            let client = actor.connect(to: listener.port, name: "localhost")
            await client.wait { $0.isConnected || $0.isClosed }
            #expect(client.events == [.connected])
            listener.close()
        }
    }

    @Test(arguments: ["no-such-host.invalid", "", "a\0b", String(repeating: "x", count: 5_000)])
    func aNameThatCannotBeResolvedEndsTheStream(name: String) async throws {
        try await withLoop { actor in
            let client = actor.connect(to: 1, name: name)
            #expect(client.events.isEmpty)
            await client.wait { $0.isClosed }
            #expect(client.events.count == 1)
            #expect(client.errorName != nil)
        }
    }

    @Test func closingWhileResolvingDoesNotWaitForTheResolver() async throws {
        try await withLoop { actor in
            let clients = (0..<64).map { _ in actor.connect(to: 1, name: "localhost") }
            for client in clients { client.stream?.close() }
            #expect(clients.allSatisfy { $0.events.isEmpty })
            await actor.turn()
            #expect(clients.allSatisfy { $0.events == [.closed(.closedLocally)] })
        }
    }

    @Test func shutDownWhileResolvingWaitsForTheRequests() async throws {
        try await withLoop { actor in
            for _ in 0..<64 { _ = actor.connect(to: 1, name: "localhost") }
        }
    }

    @Test func closeIsTheMeansOfAConnectDeadline() async throws {
        // A full accept queue: the kernel drops further SYNs, and the dial hangs.
        let (descriptor, port) = try Descriptors.boundSocket(backlog: 0)
        defer { close(descriptor) }
        try await withLoop { actor in
            let filler = actor.connect(to: port)
            await filler.wait { $0.isConnected }
            let client = actor.connect(to: port)
            let timer = LoopTimer(on: actor.loop) { client.stream?.close() }
            timer.arm(after: .milliseconds(30))
            await client.wait { $0.isClosed }
            #expect(client.events == [.closed(.closedLocally)])
            timer.close()
        }
    }

    @Test func closingAtOnceAfterConnectReportsNothingElse() async throws {
        try await withLoop { actor in
            let listener = try actor.listen { _ in Probe() }
            let client = actor.connect(to: listener.port)
            client.stream?.close()
            client.stream?.close()
            #expect(client.events.isEmpty)
            await client.wait { $0.isClosed }
            await actor.turn()
            #expect(client.events == [.closed(.closedLocally)])
        }
    }

    @Test func aWriteBeforeTheConnectionStandsIsRefusedInOrder() async throws {
        try await withLoop { actor in
            let server = Probe()
            let listener = try actor.listen { _ in server }
            let client = actor.connect(to: listener.port)
            client.write("early", token: 1)
            client.write("early", token: 2)
            #expect(client.events.isEmpty)
            await client.wait { $0.isConnected }
            client.write("in time", token: 3)
            await server.wait { $0.text == "in time" }
            await client.wait { $0.completions.count == 3 }
            #expect(client.completions == [-1, -2, 3])
            listener.close()
        }
    }

    @Test func aSelfConnectionIsRecognised() async throws {
        let descriptor = try Descriptors.selfConnectedSocket()
        try await withLoop { actor in
            let probe = Probe()
            let stream = try LoopStream.standardInput(
                on: actor.loop, descriptor: descriptor, delegate: probe)
            #expect(stream.isSelfConnected)
            stream.close()
            let (client, server) = try await actor.pair()
            #expect(client.stream?.isSelfConnected == false)
            #expect(server.stream?.isSelfConnected == false)
        }
    }

    @Test func connectingOnALoopThatHasShutDownFails() async throws {
        let actor = LoopActor(on: try EventLoop())
        await actor.loop.shutDown()
        let name = await actor.failedConnection()
        #expect(name == "ECANCELED")
    }
}

extension LoopActor {
    fileprivate func failedConnection() async -> String? {
        let client = connect(to: 1)
        let timer = LoopTimer(on: loop) {}
        timer.arm(after: .zero)
        timer.close()
        await client.wait { $0.isClosed }
        return client.errorName
    }
}
