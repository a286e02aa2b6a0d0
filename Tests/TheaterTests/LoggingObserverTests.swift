#if LoggingSupport
    import Logging
    import Synchronization
    import Testing
    import TheaterTesting

    @testable import Theater

    /// Keeps what is logged.
    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func append(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private struct Handler: LogHandler {
        let lines: Lines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(
            level: Logger.Level, message: Logger.Message, metadata: Logger.Metadata?,
            source: String, file: String, function: String, line: UInt
        ) {
            lines.append("\(level) \(message)")
        }
    }

    @Suite("The swift-log adapter")
    struct LoggingObserverTests {
        @Test("an outage makes one line when it begins and one when it ends")
        func outage() async throws {
            let lines = Lines()
            let logger = Logger(label: "test") { _ in Handler(lines: lines) }
            try await withServerAndClient(observer: LoggingObserver(logger: logger)) {
                server, client in
                _ = try await client.listActors()
                await server.stop()
                try await server.restart()
                _ = try await client.listActors()
            }
            #expect(lines.all == ["info Connection lost", "info Connection recovered"])
        }
    }
#endif
