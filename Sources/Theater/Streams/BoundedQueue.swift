/// A queue bounded by number and by bytes; when it is full, the oldest goes and is counted.
struct BoundedQueue<Element> {
    private var elements: [(element: Element, bytes: Int)?] = []
    private var head = 0
    private var bytes = 0
    private let elementLimit: Int
    private let byteLimit: Int
    /// Dropped since the count was last taken.
    private(set) var dropped = 0

    init(elementLimit: Int, byteLimit: Int) {
        self.elementLimit = max(elementLimit, 1)
        self.byteLimit = byteLimit
    }

    private var count: Int { elements.count - head }

    mutating func append(_ element: Element, bytes size: Int) {
        elements.append((element, size))
        bytes += size
        // The newest always stays: one that is larger than the bound is not lost for that.
        while count > elementLimit || (bytes > byteLimit && count > 1) {
            // What has no size is a signal, not an element that anybody counts.
            if let size = elements[head]?.bytes, size > 0 { dropped += 1 }
            _ = popFirst()
        }
    }

    mutating func popFirst() -> Element? {
        guard head < elements.count, let first = elements[head] else { return nil }
        elements[head] = nil
        head += 1
        bytes -= first.bytes
        if head > 32, head * 2 > elements.count {
            elements.removeFirst(head)
            head = 0
        }
        return first.element
    }

    mutating func takeDropped() -> Int {
        defer { dropped = 0 }
        return dropped
    }
}
