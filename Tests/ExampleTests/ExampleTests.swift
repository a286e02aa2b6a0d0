import Testing

/// The examples as a newcomer runs them.
@Suite("Examples", .timeLimit(.minutes(3)))
struct ExampleTests {
    @Test("quickstart: every request is answered, whatever happens to the connection")
    func quickstart() async throws {
        let example = try await Example("quickstart", "--drops", "4")
        #expect(example.status == 0)
        // Three, one for each drop, one while the server is away, twenty at once.
        let words = example.lastLine.split(separator: " ").map(String.init)
        #expect(words.prefix(6).joined(separator: " ") == "28 requests, 28 answered, 0 lost,")
        #expect(words.count == 8 && (Int(words[6]) ?? 0) >= 5)
    }

    @Test("quickstart says so when there is no server")
    func quickstartWithoutServer() async throws {
        let example = try await Example("quickstart", "--address", "127.0.0.99:9", "--drops", "1")
        #expect(example.status == 1)
        #expect(example.lastLine.hasPrefix("25 requests, 0 answered, 25 lost"))
    }

    @Test("tail-events: no gap, although the connection is cut every second")
    func tailEvents() async throws {
        let example = try await Example("tail-events", "--embedded", "--count", "50")
        #expect(example.status == 0)
        #expect(example.lastLine.hasPrefix("-- 50 events, 0 gaps, "))
        #expect(example.lines.contains { $0.hasSuffix("log \"request\"") })
    }

    @Test("watch-actors: a table of three actors")
    func watchActors() async throws {
        let example = try await Example(
            "watch-actors", "--embedded", "--rounds", "2", "--interval", "0.2")
        #expect(example.status == 0)
        for name in ["anna", "bert", "cleo"] {
            #expect(example.lines.count { $0.contains(name) } == 2)
        }
    }

    @Test(
        "bad options end with 64",
        arguments: [
            "quickstart", "tail-events", "watch-actors", "wiretap", "theater-bench",
            "theater-test-server", "theater-mcp-server",
        ])
    func badOptions(name: String) async throws {
        #expect(try await Example(name, "--no-such-option").status == 64)
        #expect(try await Example(name, "--help").status == 0)
    }
}
