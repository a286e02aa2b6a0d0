/// Names one subscription: a random UUID from the reply to `SubscribeToActor`.
public struct SubscriptionID: Hashable, Sendable, CustomStringConvertible {
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

    /// A random (version 4) id.
    ///
    /// - Parameter generator: Where the 122 random bits come from.
    /// - Returns: An id no server has chosen, but for chance.
    public static func random(
        using generator: inout some RandomNumberGenerator
    ) -> SubscriptionID {
        SubscriptionID(bits: UUIDBits(randomUsing: &generator))
    }

    /// Lower-case, hyphenated: the form on the wire.
    public var description: String { bits.text }
}
