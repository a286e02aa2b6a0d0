import CommandLineOptions
import TheaterProtocol
import TheaterTesting

/// The command line of `theater-test-server`.
enum Options {
    static let port = Option<Int>.integer(
        "port", short: "p", in: 0...65_535, default: 9_000,
        help: "TCP port to listen on; 0 picks a free one.")
    static let host = Option<String>.text(
        "host", placeholder: "ADDRESS", default: "127.0.0.1",
        help: "Numeric address to listen on.")
    static let wire = Option<WireFormat?>.choice(
        "wire", of: ["auto": nil, "plain": .plain, "fragmenting": .fragmenting], default: "auto",
        help: "Wire format; auto follows the era.")
    static let era = Option<ServerEra?>.choice(
        "era",
        of: [
            "auto": nil, "2025-04": .april2025, "2025-06": .june2025, "2026-01": .january2026,
            "2026-07": .july2026,
        ], default: "auto",
        help: "Whose behavior to imitate; auto is 2025-04 for plain, else 2025-06.")
    static let latency = Option<Duration>.seconds(
        "latency", in: 0...3_600, default: .zero, help: "How long each answer takes.")
    static let seed = Option<Int>.integer(
        "seed", in: 0...Int.max, default: 1, help: "Where the ids come from.")

    static let table = OptionTable(
        program: "theater-test-server",
        summary: "A stand-in Theater server with scripted actors, for tests and trials.",
        version: "0.1.0", options: [port, host, wire, era, latency, seed])

    /// The server the options describe.
    static func configuration(
        from options: ParsedOptions
    ) throws(UsageError) -> TestServer.Configuration {
        let wire = options[wire]
        let era = options[era] ?? (wire == .plain ? .april2025 : .june2025)
        guard wire == nil || wire == era.wireFormat else {
            throw UsageError(
                reason: .conflictingOptions,
                description: "--era \(era.rawValue) has the wire format \(era.wireFormat.rawValue)")
        }
        var configuration = TestServer.Configuration(era: era)
        configuration.port = UInt16(clamping: options[port])
        configuration.host = options[host]
        configuration.latency = options[latency]
        configuration.seed = UInt64(options[seed])
        return configuration
    }
}
