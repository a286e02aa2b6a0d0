/// One actor of an `ActorList` (wire reference §5).
public struct ActorSummary: Sendable, Hashable {
    /// The actor.
    public let id: ActorID
    /// Name from its manifest; nil from an April 2025 server.
    public let name: String?

    /// One entry of a list.
    ///
    /// - Parameters:
    ///   - id: The actor.
    ///   - name: Name from its manifest.
    public init(id: ActorID, name: String?) {
        self.id = id
        self.name = name
    }
}

extension Field where Value == [ActorSummary] {
    static func actors(_ name: String) -> Field {
        Field(name) { (reader) throws(JSONFault) in
            var actors: [ActorSummary] = []
            try reader.readArray { (reader) throws(JSONFault) in
                actors.append(try reader.readActorSummary())
            }
            return actors
        }
    }
}

extension JSONReader {
    /// `"id"` until 2025-04-26, `["id","name"]` since.
    fileprivate mutating func readActorSummary() throws(JSONFault) -> ActorSummary {
        guard peek() == UInt8(ascii: "[") else {
            return ActorSummary(id: try readActorID(), name: nil)
        }
        var id: ActorID?
        var name: String?
        try readArray { (reader) throws(JSONFault) in
            if id == nil {
                id = try reader.readActorID()
            } else if name == nil {
                name = try reader.readString()
            } else {
                throw reader.shape("more than id and name")
            }
        }
        guard let id, let name else { throw shape("expected id and name") }
        return ActorSummary(id: id, name: name)
    }
}

extension JSONWriter {
    mutating func writeMember(_ name: String, _ actors: [ActorSummary], as era: ServerEra) {
        writeName(name)
        writeArray(actors) { writer, actor in
            if era == .april2025 {
                writer.write(actor.id.description)
            } else {
                writer.writeArray([actor.id.description, actor.name ?? ""]) { $0.write($1) }
            }
        }
    }
}
