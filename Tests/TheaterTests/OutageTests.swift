import Testing
import TheaterTesting

@testable import Theater

@Suite("Without a server")
struct OutageTests {
    /// An address that nobody listens on.
    private func deadEndpoint() -> Endpoint {
        Endpoint(host: Loopback.next(), port: 9_000)
    }

    @Test("the first call fails within two seconds, after three dials, and says what happened")
    func firstCall() async throws {
        let endpoint = deadEndpoint()
        try await withClient(Configuration(endpoint: endpoint)) { client in
            let failure = await error { () async throws(TheaterError) in
                _ = try await client.listActors()
            }
            let error = try #require(failure)
            #expect(error.code == .notConnected)
            #expect(error.attempts == 3)
            #expect(!error.mayHaveExecuted)
            #expect(error.isConnectionIssue)
            #expect(error.waited < .seconds(2))
            #expect(error.reason == "connection refused at \(endpoint) after 3 attempts")
            #expect(try #require(error.retryAfter) > .seconds(1))
        }
    }

    @Test("a server that starts late is found by the call that waits for it")
    func lateServer() async throws {
        let endpoint = deadEndpoint()
        var configuration = Configuration(endpoint: endpoint)
        // Patient enough for a slow machine.
        configuration.requests.attempts = 10
        configuration.backoff.cap = .seconds(1)
        try await withClient(configuration) { client in
            async let actors = client.listActors()
            for await state in client.states {
                if case .disconnected(.some, _, _) = state { break }
            }
            var stage = TestServer.Configuration(port: endpoint.port)
            stage.host = endpoint.host
            let server = try await TestServer.start(stage)
            #expect(try await actors.isEmpty)
            await server.close()
        }
    }

    @Test("a name that does not resolve is a clear error")
    func unknownName() async throws {
        var configuration = Configuration(endpoint: Endpoint(host: "no-such-host.invalid"))
        configuration.backoff.base = .milliseconds(1)
        try await withClient(configuration) { client in
            let failure = await error { () async throws(TheaterError) in
                _ = try await client.listActors()
            }
            #expect(failure?.code == .notConnected)
            #expect(failure?.attempts == 3)
        }
    }

    @Test(
        "a peer that is not Theater",
        arguments: [
            "HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "\u{0}\u{0}\u{0}\u{0}",
        ])
    func notTheater(banner: String) async throws {
        try await TestServer.withServer { server in
            await server.inject(
                Fault(.garbage(Array(banner.utf8)), on: .accept, times: .max))
            var configuration = Configuration(endpoint: Endpoint(port: server.port))
            configuration.backoff.base = .milliseconds(1)
            try await withClient(configuration) { client in
                let failure = await error { () async throws(TheaterError) in
                    _ = try await client.listActors()
                }
                #expect(failure?.code == .protocolViolation)
                #expect(failure?.isConnectionIssue == true)
                // The next request dials again, and the server has been mended.
                await server.removeFaults()
                let actors = try await client.listActors()
                #expect(actors.isEmpty)
            }
        }
    }

    @Test("a frozen server: the call ends by its deadline")
    func frozen() async throws {
        try await TestServer.withServer { server in
            await server.inject(Fault(.hang, on: .command("ListActors")))
            try await withClient(Configuration(endpoint: Endpoint(port: server.port))) { client in
                let failure = await error { () async throws(TheaterError) in
                    _ = try await client.listActors(
                        options: RequestOptions(timeout: .milliseconds(300)))
                }
                #expect(failure?.code == .timeout)
                #expect(failure?.phase == .sent)
                let actors = try await client.listActors()
                #expect(actors.isEmpty)
            }
        }
    }
}
