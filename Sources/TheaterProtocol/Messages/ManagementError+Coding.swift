extension ManagementError {
    /// Reads every shape; what it does not know it keeps.
    init(_ value: JSONValue) {
        if let name = value.string, let error = Self.unitVariants[name] {
            self = error
        } else if let members = value.object?.members, members.count == 1,
            let text = members[0].value.string, let make = Self.textVariants[members[0].name]
        {
            self = make(text)
        } else {
            self = .unknown(value)
        }
    }

    /// As servers since 2025-05-16 write it; untyped text becomes their usual kind.
    var json: JSONValue {
        switch self {
        case .actorNotFound: "ActorNotFound"
        case .actorAlreadyExists: "ActorAlreadyExists"
        case .actorNotRunning: "ActorNotRunning"
        case .channelNotFound: "ChannelNotFound"
        case .channelClosed: "ChannelClosed"
        case .channelRejected: "ChannelRejected"
        case .timeout: "Timeout"
        case .actorError(let text): ["ActorError": .string(text)]
        case .storeError(let text): ["StoreError": .string(text)]
        case .communicationError(let text): ["CommunicationError": .string(text)]
        case .invalidRequest(let text): ["InvalidRequest": .string(text)]
        case .message(let text), .runtimeError(let text): ["RuntimeError": .string(text)]
        case .internalError(let text): ["InternalError": .string(text)]
        case .serializationError(let text): ["SerializationError": .string(text)]
        case .actorInitializationError(let text): ["ActorInitializationError": .string(text)]
        case .unknown(let value): value
        }
    }

    private static let unitVariants: [String: ManagementError] = [
        "ActorNotFound": .actorNotFound,
        "ActorAlreadyExists": .actorAlreadyExists,
        "ActorNotRunning": .actorNotRunning,
        "ChannelNotFound": .channelNotFound,
        "ChannelClosed": .channelClosed,
        "ChannelRejected": .channelRejected,
        "Timeout": .timeout,
    ]

    private static let textVariants: [String: @Sendable (String) -> ManagementError] = [
        "ActorError": { .actorError($0) },
        "StoreError": { .storeError($0) },
        "CommunicationError": { .communicationError($0) },
        "InvalidRequest": { .invalidRequest($0) },
        "RuntimeError": { .runtimeError($0) },
        "InternalError": { .internalError($0) },
        "SerializationError": { .serializationError($0) },
        "ActorInitializationError": { .actorInitializationError($0) },
    ]
}

extension JSONReader {
    /// `{"message":text}` in April 2025, `{"error":…}` since 2025-05-16.
    mutating func readManagementError() throws(JSONFault) -> ManagementError {
        let (message, error) = try readFields(
            .optional(.string("message")), .optional(.json("error")))
        if let error { return ManagementError(error) }
        guard let message else { throw shape("an error without text") }
        return .message(message)
    }
}

extension JSONWriter {
    mutating func writeMember(_ error: ManagementError, as era: ServerEra) {
        if era == .april2025 {
            writeMember("message", error.text)
        } else {
            writeMember("error", error.json)
        }
    }
}
