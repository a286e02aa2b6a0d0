import TheaterProtocol
import TheaterStateMachine

/// Finds out which answer belongs to which command of a connection.
///
/// They come in order, kind and id must fit, and a command whose successor is answered was passed
/// over.
struct ExchangeSorting {
    let era: ServerEra
    private(set) var exchanges: [RecordedExchange] = []
    private var connections: [String: Connection] = [:]

    private struct Connection {
        var pending: [Int] = []
        var lastAnswered: Int?
        var subscriptions: Set<Int> = []
    }

    init(era: ServerEra) {
        self.era = era
    }

    mutating func take(_ line: RecordedLine) throws {
        var connection = connections[line.connection, default: Connection()]
        switch line.what {
        case "sent":
            try send(line.raw ?? [], on: &connection)
        case "received":
            try receive(line, on: &connection)
        case "silence", "nothing more":
            for index in connection.pending { exchanges[index].outcome = .silence }
        case "eof", "reset":
            for index in connection.pending { exchanges[index].outcome = .unknown }
            if let head = connection.pending.first {
                exchanges[head].outcome = line.what == "eof" ? .end : .reset
            }
            connection = Connection()
        case "closed by client", "connected":
            connection = Connection()
        default: break
        }
        connections[line.connection] = connection
    }

    private mutating func send(_ raw: [UInt8], on connection: inout Connection) throws {
        var decoder = MessageDecoder(format: era.wireFormat)
        decoder.append(raw)
        while let message = try decoder.next(now: .zero) {
            // A command that this server does not know is one of another date.
            let eras = [era, .june2025, .july2026]
            let commands = eras.lazy.map { try? Command(decoding: message, era: $0) }
            guard let command = commands.compactMap(\.self).first else { continue }
            connection.pending.append(exchanges.count)
            if command.subscribes { connection.subscriptions.insert(exchanges.count) }
            exchanges.append(
                RecordedExchange(
                    command: command, request: message,
                    isKnown: (try? Command(decoding: message, era: era)) != nil))
        }
    }

    private mutating func receive(
        _ line: RecordedLine, on connection: inout Connection
    ) throws {
        guard let message = try? ServerMessage(decoding: line.text) else {
            // Shortened in the recording.
            if !connection.pending.isEmpty {
                exchanges[connection.pending.removeFirst()].outcome = .unknown
            }
            return
        }
        var encoder = MessageEncoder(format: era.wireFormat)
        let frame = try line.raw ?? encoder.encode(line.text)
        let position = connection.pending.firstIndex {
            ReplyExpectation(exchanges[$0].command).isMet(by: message)
        }
        if let position {
            let index = connection.pending[position]
            for passedOver in connection.pending[..<position] {
                exchanges[passedOver].outcome = .silence
            }
            exchanges[index].outcome = .reply(message)
            exchanges[index].frames.append(frame)
            connection.lastAnswered = index
            connection.pending.removeFirst(position + 1)
        } else {
            let nearest = connection.pending.first ?? connection.lastAnswered
            for index in connection.subscriptions.union(nearest.map { [$0] } ?? []) {
                exchanges[index].frames.append(frame)
                exchanges[index].pushes.append(message)
            }
        }
    }
}
