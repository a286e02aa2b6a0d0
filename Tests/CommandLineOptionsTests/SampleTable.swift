import CommandLineOptions

enum Level: String, CaseIterable, Sendable {
    case quiet
    case normal
    case loud
}

/// A table with an option of each kind.
enum Sample {
    static let port = Option.integer(
        "port", short: "p", environment: "SAMPLE_PORT", in: 0...65_535, default: 9000,
        help: "Where to listen.")
    static let limit = Option.integer("limit", in: -5...5, help: "At most so many.")
    static let timeout = Option.seconds(
        "timeout", short: "t", in: 0.1...60, default: .seconds(30), help: "How long to wait.")
    static let level = Option.choice("level", short: "l", default: Level.normal, help: "How loud.")
    static let wire = Option.choice(
        "wire", of: ["auto": 0, "plain": 1], default: "auto", help: "Which format.")
    static let file = Option.text("log-file", placeholder: "PATH", help: "Where to write.")
    static let host = Option.text(
        "host", placeholder: "HOST", environment: "SAMPLE_HOST", default: "localhost",
        help: "Whom to call.")
    static let embedded = Option.flag(
        "embedded", short: "e", environment: "SAMPLE_EMBEDDED", help: "Bring your own.")
    static let verbose = Option.flag("verbose", short: "v", help: "Say more.")

    static let table = OptionTable(
        program: "sample", summary: "Shows an option of each kind.", version: "1.2.3",
        options: [port, limit, timeout, level, wire, file, host, embedded, verbose])

    static func run(
        _ arguments: String..., environment: [String: String] = [:]
    ) throws -> ParsedOptions? {
        guard case .run(let parsed) = try table.parse(arguments, environment: environment) else {
            return nil
        }
        return parsed
    }
}
