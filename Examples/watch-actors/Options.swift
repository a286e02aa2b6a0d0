import CommandLineOptions
import Theater

/// The options of this program.
enum Options {
    static let address = Option.value(
        "address", short: "a", placeholder: "HOST:PORT",
        environment: "THEATER_SERVER_ADDRESS", default: Endpoint(),
        defaultText: "127.0.0.1:9000", help: "Where Theater listens.",
        convert: { text throws(InvalidValue) in
            do throws(TheaterError) {
                return try Endpoint(parsing: text)
            } catch {
                throw InvalidValue(expected: "HOST:PORT, such as 127.0.0.1:9000")
            }
        })

    static let interval = Option.seconds(
        "interval", short: "i", in: 0.1...3_600, default: .seconds(1),
        help: "How often the actors are listed and the table is drawn.")

    static let rounds = Option<Int?>.integer(
        "rounds", short: "n", in: 1...1_000_000_000,
        help: "End after so many tables; without it, go on until interrupted.")

    static let embedded = Option.flag(
        "embedded", help: "Use a stand-in Theater in this process, with a few busy actors.")

    static let table = OptionTable(
        program: "watch-actors",
        summary: "A live table of a Theater server's actors and of the connection to it.",
        version: "0.1.0", options: [address, interval, rounds, embedded])
}
