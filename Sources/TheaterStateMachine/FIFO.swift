/// A first-in, first-out queue with amortised constant-time ends.
package struct FIFO<Element> {
    private var storage: [Element] = []
    private var head = 0

    package init() {}

    package var count: Int { storage.count - head }
    package var isEmpty: Bool { head == storage.count }
    package var first: Element? { isEmpty ? nil : storage[head] }
    package var indices: Range<Int> { 0..<count }

    package subscript(position: Int) -> Element {
        get { storage[head + position] }
        set { storage[head + position] = newValue }
    }

    package mutating func append(_ element: Element) {
        storage.append(element)
    }

    package mutating func prepend(contentsOf elements: [Element]) {
        storage.replaceSubrange(0..<head, with: elements)
        head = 0
    }

    package mutating func popFirst() -> Element? {
        guard head < storage.count else { return nil }
        let element = storage[head]
        head += 1
        // Dropping the used half costs each element one move at most.
        if head > 32, head * 2 > storage.count {
            storage.removeFirst(head)
            head = 0
        }
        return element
    }

    package mutating func removeAll(where shouldRemove: (Element) -> Bool) {
        storage.removeFirst(head)
        head = 0
        storage.removeAll(where: shouldRemove)
    }

    package mutating func takeAll() -> [Element] {
        defer { self = FIFO() }
        return Array(storage[head...])
    }
}

extension FIFO: Sequence {
    package func makeIterator() -> IndexingIterator<ArraySlice<Element>> {
        storage[head...].makeIterator()
    }
}

extension FIFO: Sendable where Element: Sendable {}
