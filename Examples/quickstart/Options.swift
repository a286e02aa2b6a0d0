import CommandLineOptions
import Theater

/// The options of this program.
enum Options {
    static let address = Option<Endpoint?>.value(
        "address", short: "a", placeholder: "HOST:PORT", default: nil,
        help: "Use this Theater server; without it, a stand-in runs in this process.",
        convert: { text throws(InvalidValue) in
            do throws(TheaterError) {
                return try Endpoint(parsing: text)
            } catch {
                throw InvalidValue(expected: "HOST:PORT, such as 127.0.0.1:9000")
            }
        })

    static let drops = Option.integer(
        "drops", short: "d", in: 1...10_000, default: 3,
        help: "How often to cut the connection in the middle of a request.")

    static let table = OptionTable(
        program: "quickstart",
        summary: "Cuts the connection to Theater under a client's requests and draws what happens.",
        version: "0.1.0", options: [address, drops])
}
