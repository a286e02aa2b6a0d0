/// The beginning of a message whose rest a recording did not keep.
enum CutText {
    /// The messages that can be longer than a recording keeps.
    private static let commands: Set = [
        "StartActor", "SendActorMessage", "RequestActorMessage", "UpdateActorComponent",
        "UpdateActorPackage", "OpenChannel", "SendOnChannel", "CloseChannel",
    ]
    private static let replies: Set = [
        "ActorList", "ActorEvent", "ActorError", "ActorResult", "Error", "RequestedMessage",
        "ActorManifest", "ActorState", "ActorEvents", "ActorMetrics", "ChannelOpened",
        "ChannelMessage", "ChannelClosed", "MessageSent",
    ]

    /// The name of the message, nil when there is none that anybody knows.
    static func name(in text: String, _ direction: Direction) -> String? {
        guard text.hasPrefix("{\"") else { return nil }
        let name = String(text.dropFirst(2).prefix { $0 != "\"" })
        let known = direction == .toServer ? commands : replies
        return known.contains(name) ? name : nil
    }

    static func isCut(_ text: String) -> Bool {
        text.utf8.suffix(3).elementsEqual("…".utf8)
    }
}
