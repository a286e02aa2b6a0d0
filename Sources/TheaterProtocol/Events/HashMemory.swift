/// The hashes of the newest events whose place is taken, the oldest forgotten first.
struct HashMemory: Sendable {
    enum Mark: Sendable {
        /// The event became ready.
        case ready
        /// The event was left out, and will not be taken any more.
        case passed
    }

    private let capacity: Int
    private var marks: [[UInt8]: Mark] = [:]
    private var ring: [[UInt8]] = []
    private var oldest = 0

    /// A memory for so many hashes.
    init(capacity: Int) {
        self.capacity = capacity
    }

    subscript(hash: [UInt8]) -> Mark? { marks[hash] }

    mutating func insert(_ hash: [UInt8], as mark: Mark) {
        guard marks.updateValue(mark, forKey: hash) == nil else { return }
        if ring.count < capacity {
            ring.append(hash)
        } else {
            marks[ring[oldest]] = nil
            ring[oldest] = hash
            oldest = (oldest + 1) % capacity
        }
    }
}
