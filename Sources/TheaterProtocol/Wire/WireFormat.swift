/// The two ways a frame's payload carries a message (wire reference §2.2, §2.3).
public enum WireFormat: String, Sendable, Hashable, CaseIterable {
    /// Until 2025-06-05: a frame is the JSON of one message.
    case plain
    /// Since 2025-06-06: a frame is `{"Complete":[bytes]}` or `{"Fragment":{…}}`.
    case fragmenting
}
