import Testing
import TheaterTesting

@testable import Theater

@Suite("Lifecycle and cancellation")
struct LifecycleTests {
    @Test("a client that was never used can be closed, twice, and refuses afterwards")
    func unused() async throws {
        let client = TheaterClient()
        await client.close()
        await client.close()
        #expect(client.state == .closed)
        let failure = await error { () async throws(TheaterError) in
            _ = try await client.listActors()
        }
        #expect(failure?.code == .clientClosed)
    }

    @Test("closing ends what waits, and both callers of close wait for the same end")
    func closeWhileWaiting() async throws {
        let server = try await TestServer.start()
        await server.inject(Fault(.hang, on: .command("ListActors")))
        let client = TheaterClient(configuration: .init(endpoint: Endpoint(port: server.port)))
        async let failure = error { () async throws(TheaterError) in
            _ = try await client.listActors()
        }
        await server.waitUntil { $0.connectionsOpen > 0 }
        for await state in client.states { if case .connected = state { break } }
        async let first: Void = client.close(drain: .zero)
        async let second: Void = client.close(drain: .zero)
        _ = await (first, second)
        #expect(await failure?.code == .clientClosed)
        await server.close()
    }

    @Test("a cancelled call ends at once; its neighbours are served")
    func cancellation() async throws {
        try await withServerAndClient { server, client in
            let actor = try await client.startActor(manifest: "actors/prober.toml")
            await server.inject(
                Fault(.swallowReply, on: .command("RequestActorMessage")))
            let task = Task {
                await error { () async throws(TheaterError) in
                    _ = try await client.request(bytes("x"), of: actor)
                }
            }
            await server.waitUntil { $0.executions["RequestActorMessage"] == 1 }
            task.cancel()
            let failure = await task.value
            #expect(failure?.code == .cancelled)
            #expect(failure?.mayHaveExecuted == true)
            #expect(try await client.request(bytes("y"), of: actor) == bytes("y"))
        }
    }

    @Test("a call of a task that is cancelled already sends nothing")
    func cancelledBefore() async throws {
        try await withServerAndClient { server, client in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await error { () async throws(TheaterError) in
                    _ = try await client.newStore()
                }
            }
            let failure = await task.value
            #expect(failure?.code == .cancelled)
            #expect(failure?.mayHaveExecuted == false)
            #expect(await server.statistics.executions["NewStore"] == nil)
        }
    }

    @Test("run ends with its task and closes the client")
    func run() async throws {
        let client = TheaterClient()
        let task = Task { await client.run() }
        task.cancel()
        await task.value
        #expect(client.state == .closed)
    }

    @Test("a client that is dropped closes its connections")
    func dropped() async throws {
        try await TestServer.withServer { server in
            do {
                let client = TheaterClient(
                    configuration: .init(endpoint: Endpoint(port: server.port)))
                _ = try await client.listActors()
            }
            await server.waitUntil { $0.connectionsAccepted > 0 && $0.connectionsOpen == 0 }
        }
    }

    @Test("the states of a life, in order")
    func states() async throws {
        try await TestServer.withServer(.init(era: .april2025)) { server in
            let client = TheaterClient(
                configuration: .init(endpoint: Endpoint(port: server.port)))
            let states = client.states
            let collector = Task {
                var seen: [String] = []
                for await state in states where seen.last != state.description {
                    seen.append(state.description)
                }
                return seen
            }
            _ = try await client.listActors()
            await client.close()
            let seen = await collector.value
            // A slow observer may miss a state in between, never the last.
            #expect(seen.last == "closed")
            #expect(Set(seen).isSubset(of: ["disconnected", "connecting", "connected", "closed"]))
        }
    }

    @Test("requests that race with the end: every one of them ends", .timeLimit(.minutes(1)))
    func submitAgainstClose() async throws {
        try await TestServer.withServer { server in
            for _ in 0..<100 {
                let client = TheaterClient(
                    configuration: .init(endpoint: Endpoint(port: server.port)))
                _ = try await client.listActors()
                await withTaskGroup { group in
                    for _ in 0..<8 {
                        group.addTask {
                            _ = await error { () async throws(TheaterError) in
                                _ = try await client.listActors()
                            }
                        }
                    }
                    group.addTask { await client.close(drain: .zero) }
                }
            }
        }
    }
}
