/// Events that wait for their parent, at most one for each.
struct HeldEvents: Sendable {
    private struct Entry {
        let event: ChainEvent
        /// Place in the order of arrival.
        let arrival: UInt64
    }

    private var byParent: [[UInt8]: Entry] = [:]
    private var parents: [[UInt8]: [UInt8]] = [:]
    private var arrivals: UInt64 = 0
    private(set) var byteCount = 0

    var count: Int { byParent.count }

    func contains(_ hash: [UInt8]) -> Bool { parents[hash] != nil }

    func child(of hash: [UInt8]) -> ChainEvent? { byParent[hash]?.event }

    mutating func insert(_ event: ChainEvent, parent: [UInt8]) {
        byParent[parent] = Entry(event: event, arrival: arrivals)
        parents[event.hash] = parent
        arrivals += 1
        byteCount += event.size
    }

    mutating func removeChild(of hash: [UInt8]) -> ChainEvent? {
        guard let event = byParent.removeValue(forKey: hash)?.event else { return nil }
        parents[event.hash] = nil
        byteCount -= event.size
        return event
    }

    @discardableResult
    mutating func remove(_ hash: [UInt8]) -> ChainEvent? {
        parents[hash].flatMap { removeChild(of: $0) }
    }

    /// The longest waiting event whose parent does not wait itself.
    var oldestRoot: ChainEvent? {
        byParent.filter { parents[$0.key] == nil }
            .min { $0.value.arrival < $1.value.arrival }?.value.event
    }

    mutating func removeOldestRoot() -> ChainEvent? {
        oldestRoot.flatMap { remove($0.hash) }
    }
}

extension ChainEvent {
    /// Bytes the event takes, but for what every event takes.
    var size: Int {
        data.count + eventType.utf8.count + (eventDescription?.utf8.count ?? 0) + hash.count
            + (parentHash?.count ?? 0)
    }
}
