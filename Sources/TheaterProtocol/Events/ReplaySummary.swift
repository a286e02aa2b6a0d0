/// How the replay of a recorded chain went (wire reference §9).
public struct ReplaySummary: Sendable, Equatable {
    /// Events in the chain that was replayed.
    public let totalEvents: UInt64
    /// Events that were replayed.
    public let eventsReplayed: UInt64
    /// Events whose hash differed.
    public let mismatches: UInt64
    /// Whether all went well.
    public let success: Bool
    /// What went wrong, for people.
    public let error: String?

    /// A summary with all its members.
    ///
    /// - Parameters:
    ///   - totalEvents: Events in the chain.
    ///   - eventsReplayed: Events that were replayed.
    ///   - mismatches: Events whose hash differed.
    ///   - success: Whether all went well.
    ///   - error: What went wrong.
    public init(
        totalEvents: UInt64, eventsReplayed: UInt64, mismatches: UInt64, success: Bool,
        error: String?
    ) {
        self.totalEvents = totalEvents
        self.eventsReplayed = eventsReplayed
        self.mismatches = mismatches
        self.success = success
        self.error = error
    }
}
