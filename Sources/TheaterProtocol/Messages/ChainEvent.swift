/// One link of an actor's event chain (wire reference §9).
public struct ChainEvent: Sendable, Hashable {
    /// SHA-1 of the event, 20 bytes.
    public var hash: [UInt8]
    /// Hash of the event before it, nil for the first.
    public var parentHash: [UInt8]?
    /// For example "wasm" or "theater:simple/runtime/log".
    public var eventType: String
    /// JSON text until 2026-04-11, a binary form after; `payload` reads both.
    public var data: [UInt8]
    /// Milliseconds since 1970; servers until 2026-01-03 send it.
    public var timestampMilliseconds: UInt64?
    /// Text for people; servers until 2026-01-03 may send it.
    public var eventDescription: String?

    /// An event with all its members.
    ///
    /// - Parameters:
    ///   - hash: SHA-1 of the event, 20 bytes.
    ///   - parentHash: Hash of the event before it.
    ///   - eventType: What kind of event it is.
    ///   - data: Its content.
    ///   - timestampMilliseconds: Milliseconds since 1970.
    ///   - eventDescription: Text for people.
    public init(
        hash: [UInt8], parentHash: [UInt8]?, eventType: String, data: [UInt8],
        timestampMilliseconds: UInt64? = nil, eventDescription: String? = nil
    ) {
        self.hash = hash
        self.parentHash = parentHash
        self.eventType = eventType
        self.data = data
        self.timestampMilliseconds = timestampMilliseconds
        self.eventDescription = eventDescription
    }

    /// SHA-1 over the event's own JSON with an empty hash (wire reference §9).
    ///
    /// Which members that JSON has follows from the event: with a timestamp all of them, without
    /// one neither `timestamp` nor, where it is nil, `description`.
    ///
    /// - Returns: 20 bytes; equal to `hash` for an event nobody altered.
    public func computedHash() -> [UInt8] {
        var event = self
        event.hash = []
        var writer = JSONWriter()
        let hasTimestamp = timestampMilliseconds != nil
        writer.write(
            event, timestamp: hasTimestamp, description: hasTimestamp || eventDescription != nil)
        return SHA1.digest(of: writer.bytes)
    }
}

extension JSONReader {
    mutating func readEvent() throws(JSONFault) -> ChainEvent {
        let (hash, parentHash, eventType, data, timestamp, description) = try readFields(
            .bytes("hash"), .optional(.bytes("parent_hash")), .string("event_type"),
            .bytes("data"), .optional(.integer("timestamp")), .optional(.string("description")))
        return ChainEvent(
            hash: hash, parentHash: parentHash, eventType: eventType, data: data,
            timestampMilliseconds: timestamp, eventDescription: description)
    }
}

extension Field where Value == ChainEvent {
    static func event(_ name: String) -> Field {
        Field(name) { (reader) throws(JSONFault) in try reader.readEvent() }
    }
}

extension Field where Value == [ChainEvent] {
    static func events(_ name: String) -> Field {
        Field(name) { (reader) throws(JSONFault) in
            var events: [ChainEvent] = []
            try reader.readArray { (reader) throws(JSONFault) in
                events.append(try reader.readEvent())
            }
            return events
        }
    }
}

extension JSONWriter {
    mutating func write(_ event: ChainEvent, as era: ServerEra) {
        write(
            event, timestamp: era.eventsHaveTimestamp, description: era.eventsHaveTimestamp)
    }

    /// Members in the server's order: the hash depends on it.
    fileprivate mutating func write(_ event: ChainEvent, timestamp: Bool, description: Bool) {
        writeObject { writer in
            writer.writeMember("hash", event.hash)
            writer.writeMember("parent_hash", event.parentHash)
            writer.writeMember("event_type", event.eventType)
            writer.writeMember("data", event.data)
            if timestamp {
                writer.writeMember("timestamp", .unsigned(event.timestampMilliseconds ?? 0))
            }
            if description {
                writer.writeMember(
                    "description", event.eventDescription.map(JSONValue.string) ?? .null)
            }
        }
    }
}
