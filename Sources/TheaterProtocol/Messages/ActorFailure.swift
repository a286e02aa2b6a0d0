/// Why an actor failed: `ActorError` of wire reference §9, kept open.
public enum ActorFailure: Sendable, Equatable {
    /// An operation took too long: the server's limit, in the unit it chose.
    case operationTimeout(UInt64)
    /// The way to the actor was closed.
    case channelClosed
    /// The actor is shutting down.
    case shuttingDown
    /// The actor has no such function.
    case functionNotFound(String)
    /// Parameters or results had another type than the function.
    case typeMismatch(String)
    /// A trap or another fault inside; the event says which.
    case internalError(ChainEvent)
    /// Something else went wrong; since 2025-05-16.
    case unexpectedError(String)
    /// Data could not be read or written.
    case serializationError
    /// The component, since 2026-01-21 package, could not be replaced.
    case updateError(String)
    /// The actor is paused.
    case paused
    /// The actor is not paused; since 2025-06-17.
    case notPaused
    /// A handler failed; since 2025-07-03.
    case handlerError(String)
    /// Every other kind, as the server wrote it.
    case other(JSONValue)
}

extension ActorFailure {
    private static let unitVariants: [String: ActorFailure] = [
        "ChannelClosed": .channelClosed, "ShuttingDown": .shuttingDown,
        "SerializationError": .serializationError, "Paused": .paused, "NotPaused": .notPaused,
    ]

    private static let textVariants: [String: @Sendable (String) -> ActorFailure] = [
        "FunctionNotFound": { .functionNotFound($0) }, "TypeMismatch": { .typeMismatch($0) },
        "UnexpectedError": { .unexpectedError($0) }, "HandlerError": { .handlerError($0) },
        "UpdateComponentError": { .updateError($0) }, "UpdatePackageError": { .updateError($0) },
    ]

    /// One of the kinds known; a fault of shape means another kind, or one in another shape.
    fileprivate init(name: String, from reader: inout JSONReader) throws(JSONFault) {
        if let failure = Self.unitVariants[name] {
            try reader.readNull()
            self = failure
        } else if let make = Self.textVariants[name] {
            self = make(try reader.readString())
        } else if name == "OperationTimeout" {
            self = .operationTimeout(try reader.readUInt64())
        } else if name == "Internal" {
            self = .internalError(try reader.readEvent())
        } else {
            throw reader.shape("another failure")
        }
    }

    /// As a server of an era writes it; nil for an event, which is written as one.
    fileprivate func json(as era: ServerEra) -> JSONValue? {
        switch self {
        case .internalError: nil
        case .operationTimeout(let limit): ["OperationTimeout": JSONValue(limit)]
        case .channelClosed: "ChannelClosed"
        case .shuttingDown: "ShuttingDown"
        case .functionNotFound(let text): ["FunctionNotFound": .string(text)]
        case .typeMismatch(let text): ["TypeMismatch": .string(text)]
        case .unexpectedError(let text): ["UnexpectedError": .string(text)]
        case .serializationError: "SerializationError"
        case .updateError(let text) where era == .july2026: ["UpdatePackageError": .string(text)]
        case .updateError(let text): ["UpdateComponentError": .string(text)]
        case .paused: "Paused"
        case .notPaused: "NotPaused"
        case .handlerError(let text): ["HandlerError": .string(text)]
        case .other(let value): value
        }
    }
}

extension JSONReader {
    mutating func readActorFailure() throws(JSONFault) -> ActorFailure {
        // Only a whole look tells whether it is one of the kinds known, in its known shape.
        let failure = try readIfShaped { (reader) throws(JSONFault) in
            try reader.readVariant { (name, reader) throws(JSONFault) in
                try ActorFailure(name: name, from: &reader)
            }
        }
        if let failure { return failure }
        return .other(try readValue())
    }
}

extension Field where Value == ActorFailure {
    static func failure(_ name: String) -> Field {
        Field(name) { (reader) throws(JSONFault) in try reader.readActorFailure() }
    }
}

extension JSONWriter {
    mutating func writeMember(_ name: String, _ failure: ActorFailure, as era: ServerEra) {
        writeName(name)
        if case .internalError(let event) = failure {
            writeObject { writer in
                writer.writeName("Internal")
                writer.write(event, as: era)
            }
        } else if let json = failure.json(as: era) {
            write(json)
        }
    }
}
