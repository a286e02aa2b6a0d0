/// Every bound of the protocol layer in one place, units last in the names.
public enum Limits {
    /// Largest frame payload, inclusive: 32 MiB, the server's own limit (wire reference §2.1).
    public static let frameBytes = 33_554_432
    /// Largest message put together from fragments, and the most all partial ones may hold.
    public static let messageBytes = 268_435_456
    /// Size of a fragment, and the largest message sent whole: 8 MiB since 2025-07-08.
    public static let fragmentBytes = 8_388_608
    /// Most fragments one message may announce; a real one needs at most 32.
    public static let fragmentsPerMessage = 65_536
    /// Most messages that may be incomplete at once.
    public static let partialMessages = 16
    /// Age at which an incomplete message is forgotten, like the server does.
    public static let partialMessageAge = Duration.seconds(30)
    /// Deepest nesting of arrays and objects in JSON text.
    public static let jsonDepth = 128
    /// Longest number in JSON text, in bytes.
    public static let jsonNumberBytes = 1_024
    /// Deepest nesting of values, and of types, in the binary form of a value.
    public static let graphDepth = 128
    /// Most events an `EventChain` holds back unless told otherwise.
    public static let heldEvents = 1_024
    /// Most bytes of events an `EventChain` holds back unless told otherwise.
    public static let heldEventBytes = 16_777_216
}
