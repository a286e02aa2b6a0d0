/// How an actor ended, told to the connection that started it as its parent (wire reference §9).
public enum ActorResult: Sendable, Equatable {
    /// It shut itself down, with result bytes or without.
    case success(ActorID, result: [UInt8]?)
    /// It failed.
    case error(ActorID, ActorFailure)
    /// Somebody stopped it; since 2025-06-26.
    case externalStop(ActorID)

    /// The actor that ended.
    public var actorID: ActorID {
        switch self {
        case .success(let id, _), .error(let id, _), .externalStop(let id): id
        }
    }
}

extension JSONReader {
    mutating func readActorResult() throws(JSONFault) -> ActorResult {
        try readVariant { (name, reader) throws(JSONFault) in
            switch name {
            case "Success":
                let (id, result) = try reader.readFields(
                    .actorID("actor_id"), .optional(.bytes("result")))
                return .success(id, result: result)
            case "Error":
                let (id, failure) = try reader.readFields(
                    .actorID("actor_id"), .failure("error"))
                return .error(id, failure)
            case "ExternalStop":
                return .externalStop(try reader.readFields(.actorID("actor_id")))
            default:
                throw reader.shape("unknown actor result")
            }
        }
    }
}

extension JSONWriter {
    mutating func write(_ result: ActorResult, as era: ServerEra) {
        switch result {
        case .success(let id, let result):
            writeVariant("Success") { writer in
                writer.writeMember("actor_id", id)
                writer.writeMember("result", result)
            }
        case .error(let id, let failure):
            writeVariant("Error") { writer in
                writer.writeMember("actor_id", id)
                writer.writeMember("error", failure, as: era)
            }
        case .externalStop(let id):
            writeVariant("ExternalStop") { $0.writeMember("actor_id", id) }
        }
    }
}
