/// What is still to be done on a connection's sending side, in order.
struct Outbox {
    enum Item {
        /// One write of its own.
        case write([UInt8])
        /// A millisecond, so that the writes around it stay apart on the wire.
        case pause
        case cut(Fault.Cut)
    }

    private var items: [Item] = []
    private var head = 0

    var first: Item? { head < items.count ? items[head] : nil }

    mutating func append(_ item: Item) {
        items.append(item)
    }

    /// Encoded bytes, cut to size and into pieces.
    mutating func append(_ bytes: [UInt8], _ delivery: Delivery) {
        switch delivery {
        case .whole:
            append(.write(bytes))
        case .first(let count):
            if count > 0 { append(.write(Array(bytes.prefix(count)))) }
        case .pieces(let size):
            for start in stride(from: 0, to: bytes.count, by: size) {
                if start > 0 { append(.pause) }
                append(.write(Array(bytes[start..<min(start + size, bytes.count)])))
            }
        }
    }

    mutating func removeFirst() {
        head += 1
        if head >= items.count { removeAll() }
    }

    mutating func removeAll() {
        items.removeAll(keepingCapacity: true)
        head = 0
    }
}
