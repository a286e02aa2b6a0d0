import TheaterProtocol

/// The events of one actor, each carrying the hash of the one before (wire reference §9).
///
/// Keeps the newest 20,000; the real server keeps all.
struct EventChain: Sendable {
    private(set) var events: [ChainEvent] = []
    private var head: [UInt8]?
    private static let most = 20_000

    /// Adds an event whose hashes are filled in here.
    mutating func append(_ event: ChainEvent) -> ChainEvent {
        var event = event
        event.parentHash = head
        event.hash = event.computedHash()
        head = event.hash
        // Old events go in one piece, so that a full chain does not shift at every event.
        if events.count == 2 * Self.most { events.removeFirst(Self.most) }
        events.append(event)
        return event
    }
}
