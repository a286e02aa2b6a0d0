/// Puts fragments together, in any order, several messages interleaved (wire reference §2.3).
///
/// Stricter than the server where only a broken or hostile sender differs: a repeated index, a
/// changed total and an empty piece are faults (the server lets the repeated one overwrite), and
/// all counts and sizes are bounded. Like the server it forgets a message silently that is not
/// complete 30 s after its first fragment.
struct FragmentAssembler: Sendable {
    private struct Partial {
        let total: UInt32
        let began: Duration
        var pieces: [UInt32: [UInt8]] = [:]
        var byteCount = 0
    }

    private var partials: [UInt64: Partial] = [:]

    /// Bytes held for all incomplete messages.
    private(set) var byteCount = 0

    var isEmpty: Bool { partials.isEmpty }

    /// Takes a fragment; returns the message it completes.
    mutating func add(
        _ fragment: Fragment, now: Duration
    ) throws(WireError) -> [UInt8]? {
        expire(now: now)
        try check(fragment)
        var partial =
            partials.removeValue(forKey: fragment.messageID)
            ?? Partial(total: fragment.total, began: now)
        guard partial.total == fragment.total else {
            throw invalid(fragment, "the total was \(partial.total) before")
        }
        guard partial.pieces.updateValue(fragment.data, forKey: fragment.index) == nil else {
            throw invalid(fragment, "that index came before")
        }
        partial.byteCount += fragment.data.count
        byteCount += fragment.data.count
        guard byteCount <= Limits.messageBytes else {
            throw WireError(
                reason: .messageTooLarge,
                description: "fragments hold more than \(Limits.messageBytes) bytes")
        }
        guard partial.pieces.count == Int(partial.total) else {
            partials[fragment.messageID] = partial
            return nil
        }
        byteCount -= partial.byteCount
        return joined(partial)
    }

    /// Forgets messages whose first fragment is too old.
    mutating func expire(now: Duration) {
        for (id, partial) in partials where now - partial.began >= Limits.partialMessageAge {
            partials[id] = nil
            byteCount -= partial.byteCount
        }
    }

    mutating func removeAll() {
        partials = [:]
        byteCount = 0
    }

    private func check(_ fragment: Fragment) throws(WireError) {
        guard fragment.index < fragment.total else {
            throw invalid(fragment, "the index is out of range")
        }
        guard fragment.total <= Limits.fragmentsPerMessage else {
            throw WireError(
                reason: .tooManyFragments,
                description: "a message of \(fragment.total) fragments; "
                    + "the limit is \(Limits.fragmentsPerMessage)")
        }
        guard !fragment.data.isEmpty || fragment.total == 1 else {
            throw invalid(fragment, "it is empty")
        }
        guard partials.count < Limits.partialMessages || partials[fragment.messageID] != nil else {
            throw WireError(
                reason: .tooManyFragments,
                description: "more than \(Limits.partialMessages) incomplete messages")
        }
    }

    private func joined(_ partial: Partial) -> [UInt8] {
        var message: [UInt8] = []
        message.reserveCapacity(partial.byteCount)
        for index in 0..<partial.total {
            message.append(contentsOf: partial.pieces[index] ?? [])
        }
        return message
    }

    private func invalid(_ fragment: Fragment, _ why: String) -> WireError {
        WireError(
            reason: .invalidFragment,
            description: "fragment \(fragment.index) of \(fragment.total) "
                + "of message \(fragment.messageID): \(why)")
    }
}
