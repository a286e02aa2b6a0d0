import Testing

@testable import TheaterProtocol

/// A burst of 126 events in one call, as a subscriber got it, and the whole chain.
struct RecordedBurst {
    /// In the order they arrived.
    let pushed: [ChainEvent]
    /// Hash of the event before the earliest.
    let start: [UInt8]
    private let answer: RecordedLine

    init(_ era: ServerEra) throws {
        let recording = try Recording.named("event-burst", in: era)
        pushed = try recording.receivedMessages(on: "events").flatMap(\.events)
        let hashes = Set(pushed.map(\.hash))
        start = try #require(pushed.compactMap(\.parentHash).first { !hashes.contains($0) })
        answer = try #require(
            try recording.lines().last { $0.text?.hasPrefix("{\"ActorEvents\"") ?? false })
    }

    /// The chain as the server told it.
    func history() throws -> [ChainEvent] {
        try ServerMessage(decoding: Array(try #require(answer.wholeText).utf8)).events
    }

    /// The chain of January 2026, of which the recording has only the digest.
    ///
    /// Events of that era carry nothing but what was done, so the same actor's chains begin alike
    /// in every recording, and the log lines that were dropped follow from those that were not.
    func history2026() throws -> [ChainEvent] {
        let others = try Recording.messages(of: .january2026).flatMap(\.events)
        let earlier = Dictionary(others.map { ($0.parentHash, $0) }) { first, _ in first }
        let known = Dictionary(pushed.map { ($0.parentHash, $0) }) { first, _ in first }
        var chain = [try #require(earlier[nil])]
        let result = try #require(pushed.last)
        while let last = chain.last, last.hash != result.hash, chain.count < 200 {
            if let next = known[last.hash] {
                chain.append(next)
            } else if last.logMessage == "line 119" {
                // The end of the call, which counts to one: the next call counts to two.
                chain.append(result.changed(after: last, "58,50,125]", to: "58,49,125]"))
            } else if let line = last.logMessage, let word = line.split(separator: " ").last,
                let number = Int(word)
            {
                chain.append(last.changed(after: last, "\(line)\"", to: "line \(number + 1)\""))
            } else {
                chain.append(try #require(earlier[last.hash]))
            }
        }
        try checkDigest(of: chain)
        return chain
    }

    /// The digest of the answer's frame proves that the chain is the recorded one.
    private func checkDigest(of chain: [ChainEvent]) throws {
        let text = try #require(answer.text)
        let id = try #require(
            ActorID(String(text.dropFirst("{\"ActorEvents\":{\"id\":\"".count).prefix(36))))
        var encoder = MessageEncoder(format: .fragmenting)
        let message = ServerMessage.actorEvents(id, chain).encoded(as: .january2026)
        try expectDigest(of: try encoder.encode(message), try #require(answer.digest))
    }
}

extension ChainEvent {
    fileprivate var logMessage: String? { payload.logMessage }

    /// An event alike but for a text and its place.
    fileprivate func changed(after parent: ChainEvent, _ text: String, to other: String) -> Self {
        var event = self
        event.parentHash = parent.hash
        event.data = Array(
            String(decoding: data, as: UTF8.self).replacing(text, with: other).utf8)
        event.hash = event.computedHash()
        return event
    }
}
