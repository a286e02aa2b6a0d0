/// Names one channel: opaque text chosen by the server, `ch_` and 16 hexadecimal digits.
///
/// It is a bearer token: any connection may send on a channel whose id it knows.
public struct ChannelID: Hashable, Sendable, CustomStringConvertible {
    /// The text as the server wrote it.
    public let text: String

    /// Wraps the server's text; nothing is checked, as the server checks nothing either.
    ///
    /// - Parameter text: The text as the server wrote it.
    public init(_ text: String) {
        self.text = text
    }

    /// The text as the server wrote it.
    public var description: String { text }
}
