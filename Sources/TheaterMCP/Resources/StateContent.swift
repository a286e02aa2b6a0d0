import Theater

/// An actor's state as a resource, shortened to what a model can take in.
struct StateContent {
    /// 64 KiB: some 16,000 tokens.
    ///
    /// Hosts cut results at 25,000 or refuse them whole.
    static let longestState = 65_536

    let actor: ActorID
    let state: ActorState

    var described: JSONObject {
        var object: JSONObject = ["actor_id": .string(actor.description)]
        switch state {
        case .none:
            object["state"] = "none"
        case .bytes(let bytes):
            object = object.merging(ShortenedBytes(bytes, limit: Self.longestState).described)
        case .value(let value):
            let text = value.encoded()
            if text.count <= Self.longestState {
                object["value"] = value
            } else {
                object = object.merging(ShortenedBytes(text, limit: Self.longestState).described)
            }
        }
        return object
    }
}

/// The beginning of some bytes, with a word about the rest.
struct ShortenedBytes {
    private let bytes: [UInt8]
    private let limit: Int

    init(_ bytes: [UInt8], limit: Int) {
        self.bytes = bytes
        self.limit = limit
    }

    /// `text` or `data`, and when shortened also `truncated` and `total_bytes`.
    var described: JSONObject {
        guard bytes.count > limit else { return Payload.described(bytes) }
        var end = limit
        // Do not cut a character in two: step back over its continuation bytes.
        while end > limit - 4, bytes[end] & 0b1100_0000 == 0b1000_0000 { end -= 1 }
        let head = Array(bytes[..<end])
        var object = Payload.described(head)
        if object["text"] == nil { object = Payload.described(Array(bytes[..<limit])) }
        object["truncated"] = true
        object["total_bytes"] = .integer(Int64(bytes.count))
        return object
    }
}
