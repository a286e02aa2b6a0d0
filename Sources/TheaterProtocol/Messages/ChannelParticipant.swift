/// One end of a channel (wire reference §9).
public enum ChannelParticipant: Sendable, Hashable {
    /// An actor.
    case actor(ActorID)
    /// A client of the server, whichever it is.
    case external
}

extension Field where Value == ChannelParticipant {
    static func participant(_ name: String) -> Field {
        Field(name) { (reader) throws(JSONFault) in
            try reader.readVariant { (name, reader) throws(JSONFault) in
                switch name {
                case "Actor":
                    return .actor(try reader.readActorID())
                case "External":
                    try reader.readNull()
                    return .external
                default:
                    throw reader.shape("unknown channel participant")
                }
            }
        }
    }
}

extension JSONWriter {
    mutating func writeMember(_ name: String, _ participant: ChannelParticipant) {
        writeName(name)
        switch participant {
        case .actor(let id): writeObject { $0.writeMember("Actor", id) }
        case .external: write("External")
        }
    }
}
