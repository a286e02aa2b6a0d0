/// What a frame of length zero means to a receiver (wire reference §2.4).
public enum EmptyFramePolicy: Sendable, Hashable {
    /// A fault: a client, and servers since 2025-06-06.
    case refuse
    /// Nothing: servers before that.
    case skip
}
