import Testing
import TheaterTesting

@testable import Theater

@Suite("Commands over sockets")
struct CommandTests {
    @Test("an actor's life, on every era's wire", arguments: [ServerEra.april2025, .june2025])
    func actorsLife(era: ServerEra) async throws {
        try await withServerAndClient(era: era) { server, client in
            #expect(try await client.listActors().isEmpty)
            let actor = try await client.startActor(manifest: "actors/prober.toml")
            #expect(try await client.listActors().map(\.id) == [actor])
            #expect(try await client.status(of: actor) == .running)
            #expect(try await client.request(bytes("hello"), of: actor) == bytes("hello"))
            try await client.send(bytes("note"), to: actor)
            guard case .bytes(let state) = try await client.state(of: actor) else {
                Issue.record("no state")
                return
            }
            #expect(String(decoding: state, as: UTF8.self) == "{\"count\":2}")
            let history = try await client.eventHistory(of: actor)
            #expect(!history.isEmpty)
            #expect(try await client.metrics(of: actor).operations.failed == 0)
            if era != .april2025 {
                #expect(try await client.manifest(of: actor).name == "prober")
            }
            try await client.stopActor(actor)
            #expect(try await client.status(of: actor) == .stopped)
            let store = try await client.newStore()
            #expect(!store.isEmpty)
            guard case .connected(_, let format) = client.state else {
                Issue.record("\(client.state)")
                return
            }
            #expect(format == era.wireFormat)
        }
    }

    @Test("channels open, carry and close", arguments: [ServerEra.april2025, .june2025])
    func channels(era: ServerEra) async throws {
        try await withServerAndClient(era: era) { server, client in
            let actor = try await client.startActor(manifest: "actors/prober.toml")
            let channel = try await client.openChannel(to: actor)
            try await client.send(bytes("a"), on: channel)
            try await client.send(bytes("b"), on: channel)
            try await client.closeChannel(channel)
            let refused = await error { () async throws(TheaterError) in
                _ = try await client.openChannel(to: actor, initialMessage: bytes("reject"))
            }
            #expect(refused?.code == .serverError)
        }
    }

    @Test("an actor that is not there is named as such", arguments: ServerEra.allCases)
    func missingActor(era: ServerEra) async throws {
        try await withServerAndClient(era: era) { _, client in
            let nobody = try #require(ActorID("550e8400-e29b-41d4-a716-446655440000"))
            let state = await error { () async throws(TheaterError) in
                _ = try await client.state(of: nobody)
            }
            #expect(state?.code == .actorNotFound)
            #expect(state?.isConnectionIssue == false)
            let request = await error { () async throws(TheaterError) in
                _ = try await client.request([1], of: nobody)
            }
            #expect(request?.code == .actorNotFound)
        }
    }

    @Test("a server without event history says so at once")
    func noHistory() async throws {
        try await withServerAndClient(era: .july2026) { server, client in
            let actor = try await client.startActor(manifest: "actors/counter.toml")
            let failure = await error { () async throws(TheaterError) in
                _ = try await client.eventHistory(of: actor)
            }
            #expect(failure?.code == .unsupportedByServer)
            #expect(try #require(failure).waited < .seconds(5))
        }
    }

    @Test("an April server's restart gives the new id")
    func restart() async throws {
        try await withServerAndClient(era: .april2025) { _, client in
            let old = try await client.startActor(manifest: "actors/prober.toml")
            let new = try await client.restartActor(old)
            #expect(new != old)
            #expect(try await client.listActors().map(\.id) == [new])
        }
    }

    @Test("an April server is not asked to restart a failed actor, which would kill it")
    func restartOfAFailedActor() async throws {
        try await withServerAndClient(era: .april2025) { server, client in
            let actor = try await client.startActor(manifest: "actors/prober.toml")
            let trap = await error { () async throws(TheaterError) in
                _ = try await client.request(bytes("trap"), of: actor)
            }
            #expect(trap?.code == .outcomeUnknown)
            let failure = await error { () async throws(TheaterError) in
                _ = try await client.restartActor(actor)
            }
            #expect(failure?.code == .actorNotReadyOrFailed)
            #expect(await server.statistics.executions["RestartActor"] == nil)
            _ = try await client.listActors()
        }
    }

    @Test("messages of a megabyte, and fragments beyond eight")
    func largeMessages() async throws {
        try await withServerAndClient { _, client in
            let actor = try await client.startActor(manifest: "actors/prober.toml")
            let answer = try await client.request(bytes("big:3000000"), of: actor)
            #expect(answer.count == 3_000_000)
            let sent = [UInt8](repeating: 255, count: 2_500_000)
            #expect(try await client.request(sent, of: actor) == sent)
        }
    }

    @Test("updates: done in 2025, refused since")
    func updates() async throws {
        try await withServerAndClient(era: .april2025) { _, client in
            let actor = try await client.startActor(manifest: "actors/prober.toml")
            try await client.updateComponent(of: actor, to: "actors/prober.wasm")
            let failure = await error { () async throws(TheaterError) in
                try await client.updatePackage(of: actor, to: "actors/prober.wasm")
            }
            #expect(failure?.code == .unsupportedByServer)
        }
        try await withServerAndClient(era: .july2026) { _, client in
            let actor = try await client.startActor(manifest: "actors/counter.toml")
            let failure = await error { () async throws(TheaterError) in
                try await client.updatePackage(of: actor, to: "actors/prober.wasm")
            }
            #expect(failure?.code == .serverError)
        }
    }
}
