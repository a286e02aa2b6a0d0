import CommandLineOptions
import Theater
import TheaterMCP

/// The options of `theater-mcp-server`.
enum Options {
    static let address = Option.value(
        "theater-address", short: "t", placeholder: "HOST:PORT",
        environment: "THEATER_SERVER_ADDRESS", default: Endpoint(), defaultText: "127.0.0.1:9000",
        help: "Where Theater listens. It need not be there yet.",
        convert: { text throws(InvalidValue) in
            do throws(TheaterError) {
                return try Endpoint(parsing: text)
            } catch {
                throw InvalidValue(expected: "HOST:PORT, such as 127.0.0.1:9000 or [::1]:9000")
            }
        })

    static let wire = Option.choice(
        "wire",
        of: [
            "auto": WireFormatPolicy.auto, "plain": .fixed(.plain),
            "fragmenting": .fixed(.fragmenting),
        ],
        default: "auto",
        help: "Wire format: plain until June 2025, fragmenting since; auto finds out.")

    static let embedded = Option.flag(
        "embedded",
        help: "Use a stand-in Theater inside this process instead of a server, for trying it out.")

    static let requestTimeout = Option.seconds(
        "request-timeout", in: 0.1...600, default: .seconds(30),
        help: "The longest one request to Theater may take; a tool call never exceeds 45 s.")

    static let logLevel = Option.choice(
        "log-level", short: "l", default: Log.Level.info,
        help: "How much is logged; each level includes those before it.")

    static let logFile = Option.text(
        "log-file", placeholder: "PATH",
        help: "Append the log to this file instead of writing it to standard error.")

    static let table = OptionTable(
        program: "theater-mcp-server",
        summary: "MCP server for Theater: lets a model run and talk to actors. "
            + "Speaks JSON-RPC on standard input and output.",
        version: ServerIdentity.version,
        options: [address, wire, embedded, requestTimeout, logLevel, logFile])
}
