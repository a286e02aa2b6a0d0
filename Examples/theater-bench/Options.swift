import CommandLineOptions
import Theater

/// The command line of `theater-bench`.
enum Options {
    static let address = Option<Endpoint?>.value(
        "address", short: "a", placeholder: "HOST:PORT", default: nil,
        help: "Measure against this server; without it, a stand-in is started.",
        convert: { text throws(InvalidValue) in
            do throws(TheaterError) {
                return try Endpoint(parsing: text)
            } catch {
                throw InvalidValue(expected: "HOST:PORT, such as 127.0.0.1:9000")
            }
        })

    static let wireFormat = Option<WireFormat>.choice(
        "wire", short: "w", default: .fragmenting, help: "Wire format of the server.")

    static let runs = Option.integer(
        "runs", short: "r", in: 1...1_000, default: 5,
        help: "Runs; C and Swift take turns in each, and medians over all are shown.")

    static let slice = Option.seconds(
        "seconds", short: "s", in: 0.01...600, default: .seconds(1),
        help: "Length of one throughput measurement; the others follow from it.")

    static let isJSON = Option.flag("json", short: "j", help: "Print one JSON object.")

    static let table = OptionTable(
        program: "theater-bench",
        summary: "Compares the client's speed with that of a plain C client on libuv.",
        version: "0.1.0", options: [address, wireFormat, runs, slice, isJSON])
}
