/// Puts an actor's events in the order of their chain and checks them (wire reference §9).
///
/// Each event names the hash of the one before it. Servers push events early, twice, or not at
/// all: up to 21 places before their parent, and 91 of 126 not at all, have been recorded (§0.1).
///
/// ```
///            verify the hash, look at the parent
///  append ──┬─▶ the last event ──────────────▶ ready, with all that was held for it
///           ├─▶ not seen yet ────────────────▶ held ──┬─ the parent comes ─▶ ready
///           ├─▶ seen itself ─▶ dropped                ├─ fill(with:) ──────▶ ready
///           └─▶ its place is passed ─▶ error          └─ giveUp() ─▶ ready, behind a gap
/// ```
///
/// An event becomes ready once, in the order of the chain. What is held, and what is remembered
/// of events that became ready, is bounded by the window.
public struct EventChain: Sendable {
    /// Hash of the event that became ready last; nil before the first.
    public private(set) var lastHash: [UInt8]?
    private let window: Window
    private var isStarted: Bool
    private var held = HeldEvents()
    private var memory: HashMemory

    /// A chain nothing has come of.
    ///
    /// - Parameters:
    ///   - start: Where it begins.
    ///   - window: The most that is held back.
    public init(startingAt start: Start, window: Window = Window()) {
        self.window = window
        memory = HashMemory(capacity: window.remembered)
        isStarted = start != .firstEvent
        if case .after(let hash) = start {
            lastHash = hash
            memory.insert(hash, as: .ready)
        }
    }

    /// Number of events that wait for their parent.
    public var heldCount: Int { held.count }

    /// Bytes of the events that wait for their parent.
    public var heldByteCount: Int { held.byteCount }

    /// Hash of the event the longest waiting one waits for; nil when none waits.
    public var missingParent: [UInt8]? { held.oldestRoot?.parentHash }

    /// Takes the next event that arrived.
    ///
    /// - Parameter event: The event; one that came before is dropped.
    /// - Returns: The events that are ready now, in the order of the chain; none while it waits.
    /// - Throws: `Fault` when the event was not taken.
    public mutating func append(_ event: ChainEvent) throws(Fault) -> [ChainEvent] {
        if event.hash == lastHash || memory[event.hash] == .ready || held.contains(event.hash) {
            return []
        }
        guard event.isIntact else { throw .altered }
        guard isNext(event) else {
            try hold(event)
            return []
        }
        return advance(to: event)
    }

    /// Takes a history, so that what was dropped can be put in its place.
    ///
    /// - Parameter history: Events of the same actor in any order: all of them, or a part. Those
    ///   that are altered are not used.
    /// - Returns: The events that are ready now: all of the history and of the events held that
    ///   can be reached from the last one. The same event is dropped when it arrives later.
    public mutating func fill(with history: [ChainEvent]) -> [ChainEvent] {
        let hashes = Set(history.map(\.hash))
        var children: [[UInt8]?: [ChainEvent]] = [:]
        for event in history { children[event.parentHash, default: []].append(event) }
        var ready: [ChainEvent] = []
        if !isStarted, let first = history.first(where: { !Self.follows($0, hashes) }),
            first.isIntact
        {
            ready = advance(to: first)
        }
        // Each parent is taken once, so this ends whatever the history says.
        while let next = children.removeValue(forKey: lastHash)?.first(where: \.isIntact) {
            ready += advance(to: next)
        }
        return ready
    }

    /// Stops waiting for the missing parent of the longest waiting event: a gap.
    ///
    /// With several gaps one call leaves the later ones: call again while `missingParent` is not
    /// nil. Of what the gap lacks, nothing will be taken any more.
    ///
    /// - Returns: Hash of the last event before the gap, nil at the very beginning, and the
    ///   events behind it, in the order of the chain.
    public mutating func giveUp() -> (lastHash: [UInt8]?, events: [ChainEvent]) {
        let before = lastHash
        guard let root = held.removeOldestRoot() else { return (before, []) }
        if let parent = root.parentHash { memory.insert(parent, as: .passed) }
        return (before, advance(to: root))
    }
}

extension EventChain {
    private static func follows(_ event: ChainEvent, _ hashes: Set<[UInt8]>) -> Bool {
        event.parentHash.map(hashes.contains) ?? false
    }

    private func isNext(_ event: ChainEvent) -> Bool {
        !isStarted || event.parentHash == lastHash
    }

    /// The event is the next one: it goes, and whatever was held for it.
    private mutating func advance(to event: ChainEvent) -> [ChainEvent] {
        if !isStarted, let parent = event.parentHash { memory.insert(parent, as: .passed) }
        isStarted = true
        var ready = [event]
        held.remove(event.hash)
        while let last = ready.last, let child = held.removeChild(of: last.hash) {
            ready.append(child)
        }
        for event in ready { memory.insert(event.hash, as: .ready) }
        lastHash = ready.last?.hash
        return ready
    }

    private mutating func hold(_ event: ChainEvent) throws(Fault) {
        guard let parent = event.parentHash, memory[event.hash] == nil, memory[parent] == nil,
            held.child(of: parent) == nil
        else {
            throw .placePassed(dropped: pass(event))
        }
        // Whatever its size, one event has room: else nothing could ever be given up.
        let fits = held.count < window.events && held.byteCount + event.size <= window.bytes
        guard fits || held.count == 0 else { throw .windowFull }
        held.insert(event, parent: parent)
    }

    /// Drops an event without a place, and what is held before and behind it.
    private mutating func pass(_ event: ChainEvent) -> Int {
        var dropped = 1
        // What precedes an event that is passed is passed as well, as far as it is here.
        var parent = memory[event.hash] == .passed ? event.parentHash : nil
        memory.insert(event.hash, as: .passed)
        while let hash = parent, memory[hash] == nil {
            memory.insert(hash, as: .passed)
            guard let ancestor = held.remove(hash) else { break }
            dropped += 1
            parent = ancestor.parentHash
        }
        var last = event.hash
        while let child = held.removeChild(of: last) {
            memory.insert(child.hash, as: .passed)
            dropped += 1
            last = child.hash
        }
        return dropped
    }
}

extension ChainEvent {
    /// Whether the hashes have their length and the event its own hash.
    fileprivate var isIntact: Bool {
        hash.count == 20 && parentHash?.count ?? 20 == 20 && computedHash() == hash
    }
}
