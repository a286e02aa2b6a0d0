import Theater

/// The recorded events of one subscription, as a consumer has to see them.
struct RecordedEvents {
    /// How this suite writes down a gap.
    static let gap = ServerMessage.unknown(variant: "gap", .null)

    /// In the order they came, each once.
    private let events: [ChainEvent]
    private let children: [[UInt8]?: ChainEvent]
    private let isFromBirth: Bool

    init(_ exchange: RecordedExchange) {
        var hashes: Set<[UInt8]> = []
        events = exchange.pushes.compactMap { push in
            guard case .actorEvent(_, let event) = push else { return nil }
            return hashes.insert(event.hash).inserted ? event : nil
        }
        children = Dictionary(events.map { ($0.parentHash, $0) }) { first, _ in first }
        isFromBirth = exchange.isSubscribedFromBirth
    }

    /// Each event behind its parent.
    ///
    /// From the actor's first one on where the subscription began with it, else from the first that
    /// came; then, behind a gap, what follows an event that never came.
    var inOrder: [ServerMessage] {
        guard let start = isFromBirth ? children[nil] : events.first else { return [] }
        var elements = descendants(of: start)
        let hashes = Set(events.map(\.hash))
        for orphan in events where orphan.parentHash.map(hashes.contains) != true {
            let branch = descendants(of: orphan)
            if !branch.contains(.actorEvent(nil, start)) { elements += [Self.gap] + branch }
        }
        return elements
    }

    private func descendants(of event: ChainEvent) -> [ServerMessage] {
        var branch: [ServerMessage] = []
        var next: ChainEvent? = event
        while let event = next {
            branch.append(.actorEvent(nil, event))
            next = children[event.hash]
        }
        return branch
    }
}
