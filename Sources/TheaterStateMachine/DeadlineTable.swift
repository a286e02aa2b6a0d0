/// The deadlines of all requests, earliest first: a binary heap with lazy removal.
///
/// A request that ends leaves its entry behind; the entry is skipped when it surfaces, which is
/// cheaper than finding it, and swept out when more dead ones than live ones have gathered.
struct DeadlineTable: Sendable {
    private struct Entry {
        var deadline: MonotonicInstant
        var request: RequestID
    }

    private var heap: [Entry] = []

    init() {}

    var count: Int { heap.count }

    mutating func insert(
        _ request: RequestID, at deadline: MonotonicInstant, among live: [RequestID: Request]
    ) {
        if heap.count > 2 * live.count + 64 {
            heap.removeAll { live[$0.request] == nil }
            // Sorted is a heap, too.
            heap.sort { $0.deadline < $1.deadline }
        }
        heap.append(Entry(deadline: deadline, request: request))
        siftUp(from: heap.count - 1)
    }

    /// The earliest deadline of a request that still lives.
    mutating func earliest(among live: [RequestID: Request]) -> MonotonicInstant? {
        while let top = heap.first {
            if live[top.request] != nil { return top.deadline }
            removeTop()
        }
        return nil
    }

    /// Takes out one live request whose deadline has passed, or nil when there is none.
    mutating func popExpired(
        at now: MonotonicInstant, among live: [RequestID: Request]
    ) -> RequestID? {
        while let top = heap.first, top.deadline <= now {
            removeTop()
            if live[top.request] != nil { return top.request }
        }
        return nil
    }

    private mutating func removeTop() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        siftDown()
    }

    private mutating func siftUp(from start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].deadline < heap[parent].deadline else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].deadline < heap[least].deadline { least = child }
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
