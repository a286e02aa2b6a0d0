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

    static let actor = Option<ActorID?>.value(
        "actor", placeholder: "ID", default: nil,
        help: "The actor; with --embedded, one is started when none is given.",
        convert: { text throws(InvalidValue) in
            guard let id = ActorID(text) else {
                throw InvalidValue(
                    expected: "an actor's id, such as 550e8400-e29b-41d4-a716-446655440000")
            }
            return id
        })

    static let count = Option<Int?>.integer(
        "count", short: "n", in: 1...1_000_000_000,
        help: "End after so many events; without it, with the actor.")

    static let embedded = Option.flag(
        "embedded",
        help: "Use a stand-in Theater in this process, with an actor that is kept busy and a "
            + "connection that is cut now and then.")

    static let table = OptionTable(
        program: "tail-events",
        summary: "Prints an actor's events as they come, across lost connections, and marks gaps.",
        version: "0.1.0", options: [address, actor, count, embedded])
}
