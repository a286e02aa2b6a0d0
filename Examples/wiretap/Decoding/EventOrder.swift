import TheaterProtocol

/// Counts the events of one connection that came before their parent in the hash chain.
///
/// Servers deliver events out of order (wire reference §0.1); the parent hashes tell the true
/// order. Memory is bounded: it remembers the newest hashes, and forgets parents that never came.
struct EventOrder {
    private static let generationSize = 32_768
    private static let waitingMax = 4_096
    private static let hashByteCount = 20

    /// Two generations: when the young one is full, it becomes the old one, and that is forgotten.
    private var young: Set<[UInt8]> = []
    private var old: Set<[UInt8]> = []
    /// How many events wait for the parent of this hash.
    private var waiting: [[UInt8]: Int] = [:]

    /// Takes an event in the order of arrival.
    ///
    /// - Returns: How many earlier events found their parent in it.
    mutating func add(_ event: ChainEvent) -> Int {
        // A second subscription brings each event again.
        guard event.hash.count == Self.hashByteCount, !hasSeen(event.hash) else { return 0 }
        remember(event.hash)
        if let parent = event.parentHash, parent.count == Self.hashByteCount, !hasSeen(parent) {
            if waiting.count == Self.waitingMax { waiting = [:] }
            waiting[parent, default: 0] += 1
        }
        return waiting.removeValue(forKey: event.hash) ?? 0
    }

    private func hasSeen(_ hash: [UInt8]) -> Bool {
        young.contains(hash) || old.contains(hash)
    }

    private mutating func remember(_ hash: [UInt8]) {
        if young.count == Self.generationSize {
            old = young
            young = []
        }
        young.insert(hash)
    }
}
