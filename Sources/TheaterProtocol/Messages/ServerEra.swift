/// Which shapes a server of a date writes (decoding never needs it: it reads all shapes).
///
/// Each era is one real server whose recordings the tests read (wire reference §0.1).
public enum ServerEra: String, Sendable, CaseIterable {
    /// 2025-04-24: plain frames, errors are text, events name their actor.
    case april2025 = "2025-04"
    /// 2025-06-24: envelopes, typed errors, events without a name.
    case june2025 = "2025-06"
    /// 2026-01-14: events without timestamp and description.
    case january2026 = "2026-01"
    /// 2026-07-22: the state of an actor is a typed value; no event history.
    case july2026 = "2026-07"

    /// How servers of this era pack messages into frames.
    public var wireFormat: WireFormat { self == .april2025 ? .plain : .fragmenting }

    /// Events carry `timestamp` and `description` (wire reference §9).
    var eventsHaveTimestamp: Bool { self == .april2025 || self == .june2025 }

    /// Commands this era's server cannot parse and so leaves unanswered (wire reference §4).
    var unknownCommands: Set<String> {
        switch self {
        case .april2025: ["TerminateActor", "GetActorManifest", "UpdateActorPackage"]
        case .june2025, .january2026: ["UpdateActorPackage"]
        case .july2026: ["GetActorEvents", "UpdateActorComponent"]
        }
    }
}
