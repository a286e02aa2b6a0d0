/// What an `Error` reply says (wire reference §6).
public enum ManagementError: Sendable, Equatable {
    /// April 2025's untyped text.
    case message(String)
    /// Never sent by a known server: unknown actors show as `runtimeError`.
    case actorNotFound
    /// Never sent by a known server.
    case actorAlreadyExists
    /// Never sent by a known server.
    case actorNotRunning
    /// From `GetActorEvents`.
    case actorError(String)
    /// Never sent by a known server.
    case channelNotFound
    /// Never sent by a known server.
    case channelClosed
    /// The actor refused the channel.
    case channelRejected
    /// Never sent by a known server.
    case storeError(String)
    /// A part of the server lost touch with another.
    case communicationError(String)
    /// Never sent by a known server.
    case invalidRequest(String)
    /// Never sent by a known server.
    case timeout
    /// The usual one.
    case runtimeError(String)
    /// Never sent by a known server.
    case internalError(String)
    /// Never sent by a known server.
    case serializationError(String)
    /// From `StartActor`, since 2026-02-15.
    case actorInitializationError(String)
    /// A kind this library does not know, as the server wrote it.
    case unknown(JSONValue)

    /// Text for people, without the variant's name.
    public var text: String {
        switch self {
        case .message(let text), .actorError(let text), .storeError(let text),
            .communicationError(let text), .invalidRequest(let text), .runtimeError(let text),
            .internalError(let text), .serializationError(let text),
            .actorInitializationError(let text):
            text
        case .actorNotFound: "actor not found"
        case .actorAlreadyExists: "actor already exists"
        case .actorNotRunning: "actor not running"
        case .channelNotFound: "channel not found"
        case .channelClosed: "channel closed"
        case .channelRejected: "channel rejected"
        case .timeout: "timeout"
        case .unknown(let value): String(decoding: value.encoded(), as: UTF8.self)
        }
    }
}
