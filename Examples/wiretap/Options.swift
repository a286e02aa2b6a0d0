import CommandLineOptions
import TheaterProtocol

/// The command line of `wiretap`.
enum Options {
    static let listen = Option<Int?>.integer(
        "listen", short: "l", placeholder: "PORT", in: 0...65_535,
        help: "Relay: the port of 127.0.0.1 that clients connect to; 0 picks a free one.")

    static let to = Option<ServerAddress?>.value(
        "to", short: "t", placeholder: "HOST:PORT", default: nil,
        help: "Relay: the Theater server. It need not be there yet.",
        convert: { text throws(InvalidValue) in
            guard let address = ServerAddress(text) else {
                throw InvalidValue(expected: "HOST:PORT, such as 127.0.0.1:9000 or [::1]:9000")
            }
            return address
        })

    static let record = Option<String?>.text(
        "record", placeholder: "FILE",
        help: "Relay: also write everything to this file, as JSON lines; it is overwritten.")

    static let wire = Option<WireFormat?>.choice(
        "wire", short: "w", of: ["auto": nil, "plain": .plain, "fragmenting": .fragmenting],
        default: "auto",
        help: "Wire format: plain until June 2025, fragmenting since; "
            + "auto looks at the top-level key of each frame.")

    static let read = Option<String?>.text(
        "read", short: "r", placeholder: "FILE",
        help: "Decode a recording instead of relaying. Its last line counts frames and events. "
            + "A frame is a whole length-prefixed piece, of either side; it is decoded when it is "
            + "a fragment, or a message that a server (or client) of some date reads, and unknown "
            + "when none does: also one that was sent wrong on purpose and that the server left "
            + "unanswered. What ends before its announced length is shown and not counted; of "
            + "bytes that a recording keeps only a digest of, the message's name decides, or they "
            + "are not counted. An event is verified when its hash is the hash of its content, and "
            + "put back in order when it came before its parent. The exit status is 0 when "
            + "everything was decoded and verified, else 1.")

    static let table = OptionTable(
        program: "wiretap",
        summary: "Shows what a Theater client and server say to each other: as a relay between "
            + "them that passes every byte on unchanged (--listen, --to), or from a recording "
            + "(--read).",
        version: "0.1.0", options: [listen, to, record, wire, read])
}

/// What the options ask for.
enum Mode {
    case relay(port: UInt16, server: ServerAddress, recording: String?)
    case read(String)

    init(_ options: ParsedOptions) throws(UsageError) {
        let port = options[Options.listen]
        let server = options[Options.to]
        let recording = options[Options.record]
        if let path = options[Options.read] {
            let others = [
                port == nil ? nil : "--listen", server == nil ? nil : "--to",
                recording == nil ? nil : "--record",
            ].compactMap { $0 }
            guard others.isEmpty else {
                let names = others.joined(separator: ", ")
                throw Self.conflict("--read does not relay, so it does not go with \(names)")
            }
            self = .read(path)
            return
        }
        switch (port, server) {
        case (let port?, let server?):
            self = .relay(port: UInt16(clamping: port), server: server, recording: recording)
        case (nil, .some):
            throw Self.conflict("--to needs --listen PORT, which clients connect to")
        case (.some, nil):
            throw Self.conflict("--listen needs --to HOST:PORT, where Theater is")
        case (nil, nil) where recording != nil:
            throw Self.conflict("--record needs --listen PORT and --to HOST:PORT")
        case (nil, nil):
            throw Self.conflict("give --listen PORT and --to HOST:PORT, or --read FILE")
        }
    }

    private static func conflict(_ description: String) -> UsageError {
        UsageError(reason: .conflictingOptions, description: description)
    }
}
