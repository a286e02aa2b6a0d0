import TheaterProtocol

/// Which of our ids stands for which recorded one, by first appearance.
struct IDMap {
    private var ours: [String: String] = [:]
    // Made per use: a stored `Regex` is not `Sendable`.
    private static var ids: Regex<Substring> {
        #/[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|ch_[0-9a-f]{16}/#
    }

    /// A recorded command with our ids in it, written the same way.
    func translate(_ text: String) -> String {
        text.replacing(Self.ids) { match in
            let written = String(text[match.range])
            guard let id = ours[Self.normal(written)] else { return written }
            let spaced =
                written.contains("-") || written.hasPrefix("ch_")
                ? id : id.filter { $0 != "-" }
            return written == written.uppercased() ? spaced.uppercased() : spaced
        }
    }

    /// Whether two texts are the same but for ids that stand for each other; learns new pairs.
    mutating func match(recorded: String, ours text: String) -> Bool {
        let recordedIDs = recorded.matches(of: Self.ids).map {
            Self.normal(String(recorded[$0.range]))
        }
        let ourIDs = text.matches(of: Self.ids).map { Self.normal(String(text[$0.range])) }
        guard recorded.replacing(Self.ids, with: "#") == text.replacing(Self.ids, with: "#"),
            recordedIDs.count == ourIDs.count
        else { return false }
        for (recordedID, ourID) in zip(recordedIDs, ourIDs) {
            guard ours[recordedID, default: ourID] == ourID else { return false }
            ours[recordedID] = ourID
        }
        return true
    }

    private static func normal(_ id: String) -> String {
        ActorID(id)?.description ?? id
    }
}
