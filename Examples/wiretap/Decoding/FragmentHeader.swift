import TheaterProtocol

/// The members of a `Fragment` frame but for its content.
struct FragmentHeader: Equatable {
    let messageID: Int
    let index: Int
    let total: Int
    /// Length of `data`, which is base64.
    let textByteCount: Int

    /// Reads the payload of a frame; nil for anything but a fragment.
    init?(payload: [UInt8]) {
        guard let value = try? JSONValue(parsing: payload),
            let fragment = value.object?["Fragment"]?.object,
            let messageID = fragment["message_id"]?.int,
            let index = fragment["fragment_index"]?.int,
            let total = fragment["total_fragments"]?.int,
            let data = fragment["data"]?.string
        else { return nil }
        self.messageID = messageID
        self.index = index
        self.total = total
        textByteCount = data.utf8.count
    }

    /// Reads what a recording keeps of it.
    init?(recorded value: JSONValue?) {
        guard let numbers = value?.array?.map(\.int), numbers.count == 4,
            let messageID = numbers[0], let index = numbers[1], let total = numbers[2],
            let textByteCount = numbers[3]
        else { return nil }
        self.messageID = messageID
        self.index = index
        self.total = total
        self.textByteCount = textByteCount
    }

    /// The form in a recording.
    var recorded: JSONValue {
        .array([messageID, index, total, textByteCount].map { .integer(Int64($0)) })
    }

    /// For people, counting from one; a hostile index may be any number.
    var description: String {
        "fragment \(index &+ 1) of \(total), message \(messageID), \(textByteCount) B of base64"
    }
}
