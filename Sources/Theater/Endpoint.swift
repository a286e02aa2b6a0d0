/// Where a Theater server listens.
public struct Endpoint: Sendable, Hashable, CustomStringConvertible {
    /// A name or a numeric address; an IPv6 address without brackets.
    public var host: String
    /// 1…65535.
    public var port: UInt16

    /// Theater's own default is port 9000 on the loopback address (wire reference §14).
    public init(host: String = "127.0.0.1", port: UInt16 = 9_000) {
        self.host = host
        self.port = port
    }

    /// Reads `HOST:PORT` or `[IPV6]:PORT`.
    ///
    /// - Parameter text: For example `127.0.0.1:9000`, `theater.local:9000`, `[::1]:9000`.
    /// - Throws: ``TheaterError`` with code ``TheaterError/Code/invalidArgument``, naming what is wrong.
    public init(parsing text: String) throws(TheaterError) {
        guard let colon = text.lastIndex(of: ":") else {
            throw .invalidArgument("\"\(text)\" has no port; write HOST:PORT, as in 127.0.0.1:9000")
        }
        var host = String(text[..<colon])
        let portText = text[text.index(after: colon)...]
        guard let port = UInt16(portText), port > 0, portText.allSatisfy(\.isNumber) else {
            throw .invalidArgument(
                "\"\(portText)\" in \"\(text)\" is not a port; it must be 1 to 65535")
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            throw .invalidArgument(
                "\"\(text)\" is ambiguous; write an IPv6 address in brackets, as in [::1]:9000")
        }
        guard !host.isEmpty else {
            throw .invalidArgument("\"\(text)\" has no host; write HOST:PORT, as in 127.0.0.1:9000")
        }
        self.init(host: host, port: port)
    }

    /// `HOST:PORT`, with brackets around an IPv6 address.
    public var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
