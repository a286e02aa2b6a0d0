import Testing
import TheaterTesting

@testable import Theater

@Suite("Starting actors")
struct StartingTests {
    @Test(
        "references that kill an April server are not sent",
        arguments: [
            "store://abc", "store://abc/", "store://abc/hash", "store://", "store://abc/hash/",
        ])
    func incompleteReferences(manifest: String) async throws {
        try await withServerAndClient(era: .april2025) { server, client in
            let failure = await error { () async throws(TheaterError) in
                _ = try await client.startActor(manifest: manifest)
            }
            #expect(failure?.code == .invalidArgument)
            #expect(await server.statistics.executions["StartActor"] == nil)
        }
    }

    @Test("complete ones are", arguments: ["store://abc/label", "store://abc/hash/0123"])
    func completeReferences(manifest: String) throws {
        #expect(throws: Never.self) { try TheaterClient.check(manifest: manifest) }
    }

    @Test("an actor that is set up is ready; one that is not there is not found")
    func ready() async throws {
        try await withServerAndClient { _, client in
            let actor = try await client.startActor(manifest: "actors/prober.toml")
            try await client.waitUntilReady(actor)
            try await client.stopActor(actor)
            let failure = await error { () async throws(TheaterError) in
                try await client.waitUntilReady(actor)
            }
            #expect(failure?.code == .actorNotFound)
        }
    }

    @Test("an actor that refuses for good is not ready when time is up")
    func neverReady() async throws {
        try await withServerAndClient(era: .april2025) { _, client in
            let actor = try await client.startActor(manifest: "actors/prober.toml")
            _ = await error { () async throws(TheaterError) in
                _ = try await client.request(bytes("trap"), of: actor)
            }
            let failure = await error { () async throws(TheaterError) in
                try await client.waitUntilReady(
                    actor, options: RequestOptions(timeout: .milliseconds(200)))
            }
            #expect(
                failure.map { [.actorNotReadyOrFailed, .timeout, .notConnected].contains($0.code) }
                    == true)
        }
    }

    @Test("a server that never initialises its actors is named in the error of a message")
    func neverInitialised() async throws {
        try await withServerAndClient(era: .july2026) { _, client in
            let actor = try await client.startActor(manifest: "actors/counter.toml")
            let failure = await error { () async throws(TheaterError) in
                _ = try await client.request(bytes("x"), of: actor)
            }
            #expect(failure?.code == .actorNotReadyOrFailed)
            #expect(failure?.message.contains("never initialises") == true)
        }
    }
}
