import Testing
import TheaterStateMachine
import UVEventLoop

@testable import Theater

@Suite("Configuration")
struct ConfigurationTests {
    @Test("the defaults are those of resilience §3")
    func defaults() {
        #expect(Configuration().settings == Settings())
        #expect(TCPOptions(SocketPolicy()) == TCPOptions())
        #expect(TCPOptions().quickAcknowledge && TCPOptions().noDelay)
    }

    @Test("acknowledgements can be left to the kernel, for measurements")
    func acknowledgement() {
        var policy = SocketPolicy()
        policy.acknowledgement = .delayed
        #expect(!TCPOptions(policy).quickAcknowledge)
    }

    @Test("values out of range are brought into it")
    func ranges() {
        var configuration = Configuration()
        configuration.requests.attempts = 0
        configuration.backoff.jitter = 7
        configuration.liveness.heartbeatInterval = .seconds(1)
        let settings = configuration.settings
        #expect(settings.attemptsPerRequest == 1)
        #expect(settings.backoff.jitter == 1)
        #expect(settings.heartbeatInterval == .seconds(10))
    }

    @Test(
        "addresses",
        arguments: [
            ("127.0.0.1:9000", "127.0.0.1", 9_000), ("theater.local:1", "theater.local", 1),
            ("[::1]:65535", "::1", 65_535),
        ])
    func addresses(text: String, host: String, port: UInt16) throws {
        let endpoint = try Endpoint(parsing: text)
        #expect(endpoint == Endpoint(host: host, port: port))
        #expect(endpoint.description == text)
    }

    @Test(
        "what is no address is refused with a hint",
        arguments: [
            "", "9000", ":9000", "host:", "host:0", "host:65536", "host:+1", "::1:9000", "host:9e3",
        ])
    func noAddress(text: String) {
        let error = #expect(throws: TheaterError.self) { try Endpoint(parsing: text) }
        #expect(error?.code == .invalidArgument)
    }
}
