/// What the scripted actor does about a message, read from the message's text.
///
/// | text | the actor |
/// |---|---|
/// | `trap`, `err` | traps, returns an error |
/// | `none` (request) | defers: no answer |
/// | `big:N` (request) | answers with N bytes `z`, at most 64 MiB |
/// | `spin:N` | computes; here in no time |
/// | `logs:N` | logs N lines, one event each, at most 10,000 |
/// | `shutdown`, `shutdown:x` (not April 2025) | shuts itself down, without or with a result |
/// | `reject` (opening) | refuses the channel; else accepts |
/// | `close` (channel) | closes the channel; any other channel message is sent back |
/// | anything else (request) | is sent back |
struct ActorReaction: Sendable, Equatable {
    enum Ending: Sendable, Equatable {
        case returns([UInt8])
        case defers
        case fails(message: String)
        case refuses
        case shutsDown(result: [UInt8]?)
    }

    var lines = 0
    var ending: Ending

    private static let largestAnswer = 64 << 20
    private static let mostLines = 10_000

    init(to call: ActorCall, hasShutdown: Bool) {
        ending = .returns(call.kind == .request || call.kind == .channelMessage ? call.payload : [])
        // Only the words above matter, and they are short.
        guard call.payload.count <= 64 else {
            if hasShutdown, call.payload.starts(with: Array("shutdown:".utf8)) {
                ending = .shutsDown(result: call.payload)
            }
            return
        }
        let text = String(decoding: call.payload, as: UTF8.self)
        switch (text, call.kind) {
        case ("trap", _):
            ending = .fails(message: Self.trapMessage)
        case ("err", _):
            ending = .fails(message: "Failed to call function: the handler was asked to fail")
        case ("none", .request):
            ending = .defers
        case ("reject", .channelOpen), ("close", .channelMessage):
            ending = .refuses
        case ("shutdown", _) where hasShutdown:
            ending = .shutsDown(result: nil)
        case (_, _) where hasShutdown && text.hasPrefix("shutdown:"):
            ending = .shutsDown(result: call.payload)
        case (_, .request) where text.hasPrefix("big:"):
            guard let count = Self.number(in: text) else { return }
            let answer = [UInt8](
                repeating: UInt8(ascii: "z"), count: min(count, Self.largestAnswer))
            ending = .returns(answer)
        default:
            guard text.hasPrefix("logs:"), let count = Self.number(in: text) else { return }
            lines = min(count, Self.mostLines)
        }
    }

    static let trapMessage =
        "Failed to call function: Failed to call WebAssembly function (no result): "
        + "error while executing at wasm backtrace:\n    0: 0x17b6 - <unknown>!<wasm function 15>"

    /// N of `word:N`.
    private static func number(in text: String) -> Int? {
        let digits = text.drop { $0 != ":" }.dropFirst()
        guard let number = Int(digits), number >= 0 else { return nil }
        return number
    }
}
