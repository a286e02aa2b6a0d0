/// Where the server listens.
struct ServerAddress: Sendable {
    /// An IPv6 address is without brackets.
    let host: String
    let port: UInt16

    /// Reads `HOST:PORT` or `[IPV6]:PORT`.
    init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard let port = UInt16(digits), port > 0, digits.allSatisfy(\.isNumber) else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty else { return nil }
        self.host = String(host)
        self.port = port
    }

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
