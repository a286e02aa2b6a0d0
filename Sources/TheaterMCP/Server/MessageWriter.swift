import TheaterProtocol

/// Where the server's messages go, in the order of the calls.
protocol MessageWriter: Sendable {
    /// Takes one whole line, newline included.
    func write(_ line: [UInt8])
}

extension MessageWriter {
    /// One message, one line, one write: no other message can end up in its middle.
    func send(_ message: JSONValue) {
        var line = message.encoded()
        line.append(UInt8(ascii: "\n"))
        write(line)
    }
}
