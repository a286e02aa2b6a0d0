import Theater

/// The last events of an actor as a resource.
struct EventsContent {
    /// Of each event's data, which may be a whole component.
    static let longestData = 2048

    let actor: ActorID
    let events: [ChainEvent]
    let limit: Int

    var described: JSONObject {
        let shown = events.suffix(limit)
        var object: JSONObject = [
            "actor_id": .string(actor.description),
            "total": .integer(Int64(events.count)),
            "returned": .integer(Int64(shown.count)),
            "truncated": .bool(shown.count < events.count),
            "events": .array(shown.map(Self.described)),
        ]
        if shown.count < events.count {
            object["note"] = .string(
                "Only the last \(shown.count) of \(events.count) events; "
                    + "theater://events/\(actor)?limit=N gives up to 1000.")
        }
        return object
    }

    private static func described(_ event: ChainEvent) -> JSONValue {
        var object: JSONObject = [
            "type": .string(event.eventType), "hash": .string(hexadecimal(event.hash)),
        ]
        object["parent_hash"] = event.parentHash.map { .string(hexadecimal($0)) }
        object["timestamp_ms"] = event.timestampMilliseconds.map { .init(milliseconds: $0) }
        object["description"] = event.eventDescription.map { .string($0) }
        return .object(
            object.merging(ShortenedBytes(event.data, limit: longestData).described))
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}

extension JSONValue {
    fileprivate init(milliseconds: UInt64) {
        self = Int64(exactly: milliseconds).map { .integer($0) } ?? .unsigned(milliseconds)
    }
}
