import Testing

@testable import TheaterProtocol

extension Recording {
    /// Every whole message a scenario's server sent, on one connection or on all.
    func receivedMessages(on connection: String? = nil) throws -> [ServerMessage] {
        try lines().filter {
            $0.what == "received" && $0.connection == connection ?? $0.connection
        }.compactMap { line in
            try line.wholeText.map { try ServerMessage(decoding: Array($0.utf8)) }
        }
    }

    static func named(_ name: String, in era: ServerEra) throws -> Recording {
        try #require(all.first { $0.name == name && $0.era == era })
    }

    /// Every whole message an era's server sent; read once for all tests.
    static func messages(of era: ServerEra) throws -> [ServerMessage] {
        try #require(messagesByEra[era])
    }

    private static let messagesByEra: [ServerEra: [ServerMessage]] = {
        let pairs = ServerEra.allCases.map { era in
            (
                era,
                all.filter { $0.era == era && !$0.isMalformed }.flatMap {
                    (try? $0.receivedMessages()) ?? []
                }
            )
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }()
}

extension ServerMessage {
    /// All events it carries, in their order.
    var events: [ChainEvent] {
        switch self {
        case .actorEvent(_, let event): [event]
        case .actorEvents(_, let events): events
        case .actorError(_, .internalError(let event)): [event]
        case .actorResult(.error(_, .internalError(let event))): [event]
        default: []
        }
    }
}
