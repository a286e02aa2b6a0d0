import TheaterProtocol

/// A message of either side.
enum Message {
    case command(Command)
    case reply(ServerMessage)

    /// Reads a message as its receiver would, whatever the receiver's date.
    ///
    /// - Throws: `WireError` when no server, or no client, of any date reads it.
    init(decoding text: [UInt8], _ direction: Direction) throws(WireError) {
        switch direction {
        case .toServer:
            self = .command(try Self.command(text))
        case .fromServer:
            let message = try ServerMessage(decoding: text)
            if case .unknown(let variant, _) = message {
                throw WireError(
                    reason: .invalidMessage,
                    description: "no server is known to send \(Excerpt.line(variant))")
            }
            self = .reply(message)
        }
    }

    /// Each era reads commands that others do not; the most talkative one's reason is reported.
    private static func command(_ text: [UInt8]) throws(WireError) -> Command {
        let eras: [ServerEra] = [.july2026, .april2025]
        do throws(WireError) {
            return try Command(decoding: text, era: .june2025)
        } catch {
            for era in eras {
                if let command = try? Command(decoding: text, era: era) { return command }
            }
            throw error
        }
    }

    var name: String {
        switch self {
        case .command(let command): command.name
        case .reply(let message): message.name
        }
    }

    /// Every event the message carries.
    var events: [ChainEvent] {
        guard case .reply(let message) = self else { return [] }
        switch message {
        case .actorEvent(_, let event): return [event]
        case .actorEvents(_, let events): return events
        case .actorError(_, .internalError(let event)): return [event]
        case .actorResult(.error(_, .internalError(let event))): return [event]
        default: return []
        }
    }

    /// The event of a push to a subscriber: only these can come out of order.
    var pushedEvent: ChainEvent? {
        guard case .reply(.actorEvent(_, let event)) = self else { return nil }
        return event
    }
}
