/// Names one actor: a random UUID the server chose when the actor was started.
///
/// Compared as 128 bits, never as text; ids do not survive a restart of the server.
public struct ActorID: Hashable, Sendable, CustomStringConvertible {
    private let bits: UUIDBits

    /// Reads a UUID: hyphenated, simple, braced or `urn:uuid:`, in any case.
    ///
    /// - Parameter text: The text form; `nil` results from anything else.
    public init?(_ text: String) {
        guard let bits = UUIDBits(text) else { return nil }
        self.bits = bits
    }

    private init(bits: UUIDBits) {
        self.bits = bits
    }

    /// A random (version 4) id, for example the nonce of a fence (wire reference §8.2).
    ///
    /// - Parameter generator: Where the 122 random bits come from.
    /// - Returns: An id no server has chosen, but for chance.
    public static func random(using generator: inout some RandomNumberGenerator) -> ActorID {
        ActorID(bits: UUIDBits(randomUsing: &generator))
    }

    /// Lower-case, hyphenated: the form on the wire.
    public var description: String { bits.text }
}
