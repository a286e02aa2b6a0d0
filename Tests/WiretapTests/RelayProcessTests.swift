import Foundation
import Testing
import Theater
import TheaterTesting

/// `wiretap` as a process between a client and a stand-in server.
@Suite(.timeLimit(.minutes(1))) struct RelayProcessTests {
    @Test(arguments: [ServerEra.april2025, .june2025], [SIGINT, SIGTERM])
    func relaysRecordsAndReadsBack(_ era: ServerEra, _ signal: Int32) async throws {
        let recording = FileManager.default.temporaryDirectory
            .appendingPathComponent("wiretap-\(era.rawValue)-\(signal)-\(getpid()).jsonl")
        defer { try? FileManager.default.removeItem(at: recording) }
        try await TestServer.withServer(.init(era: era)) { server in
            let live = try WiretapProcess([
                "--listen", "0", "--to", server.address, "--record", recording.path,
            ])
            try await Self.talk(through: try live.listeningPort())
            kill(live.identifier, signal)
            let (lines, status) = live.finish()
            #expect(status == 0)
            #expect(lines.contains { $0.contains("▶ RequestActorMessage") })
            #expect(lines.contains { $0.contains("message 100000 B: zzzz") })

            let again = try WiretapProcess(["--read", recording.path])
            let (readLines, readStatus) = again.finish()
            #expect(readStatus == 0)
            #expect(readLines.last == lines.last)
            #expect(lines.last?.contains(", 0 unknown; ") == true)
        }
    }

    private static func talk(through port: UInt16) async throws {
        let configuration = Configuration(endpoint: Endpoint(port: port))
        try await withTheaterClient(configuration: configuration) { client in
            let actor = try await client.startActor(manifest: "actors/prober.toml")
            let answer = try await client.request(Array("hello".utf8), of: actor)
            #expect(answer == Array("hello".utf8))
            let big = try await client.request(Array("big:100000".utf8), of: actor)
            #expect(big.count == 100_000)
            try await client.stopActor(actor)
        }
    }

    @Test func serverThatIsDown() async throws {
        // Nobody listens on port 1.
        let live = try WiretapProcess(["--listen", "0", "--to", "127.0.0.1:1"])
        let port = try live.listeningPort()
        var configuration = Configuration(endpoint: Endpoint(port: port))
        configuration.wireFormat = .fixed(.plain)
        await #expect(throws: TheaterError.self) {
            try await withTheaterClient(configuration: configuration) { client in
                _ = try await client.listActors()
            }
        }
        kill(live.identifier, SIGTERM)
        let (lines, status) = live.finish()
        #expect(status == 0)
        #expect(lines.contains { $0.hasSuffix("cannot connect: connection refused") })
    }
}
