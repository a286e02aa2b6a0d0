import UVEventLoop

/// What waits between the loop, which must never wait, and one consumer, which may be slow.
///
/// Bounded: when it is full the oldest goes, and the consumer is told how many.
final class StreamBuffer<Element: Sendable>: Sendable {
    enum Item: Sendable {
        case element(Element)
        /// So many elements were dropped here, because the consumer was slow.
        case dropped(Int)
        /// Nothing follows.
        case ended(TheaterError?)
    }

    private typealias Waiter = CheckedContinuation<Item, Never>

    private struct State {
        var queue: BoundedQueue<Element>
        var end: Item?
        var waiter: Waiter?

        /// What the consumer gets next, if it is there.
        mutating func take() -> Item? {
            let dropped = queue.takeDropped()
            if dropped > 0 { return .dropped(dropped) }
            if let first = queue.popFirst() { return .element(first) }
            return end
        }

        mutating func takeWaiter() -> Waiter? {
            defer { waiter = nil }
            return waiter
        }
    }

    private let state: Locked<State>

    init(elementLimit: Int, byteLimit: Int) {
        state = Locked(
            State(queue: BoundedQueue(elementLimit: elementLimit, byteLimit: byteLimit)))
    }

    /// The loop's side.
    func append(_ element: Element, bytes: Int) {
        let waiter = state.withLock { state -> Waiter? in
            guard state.end == nil else { return nil }
            if let waiter = state.takeWaiter() { return waiter }
            state.queue.append(element, bytes: bytes)
            return nil
        }
        waiter?.resume(returning: .element(element))
    }

    /// The first end stays.
    func end(_ error: TheaterError?) {
        let waiter = state.withLock { state -> Waiter? in
            guard state.end == nil else { return nil }
            state.end = .ended(error)
            return state.takeWaiter()
        }
        waiter?.resume(returning: .ended(error))
    }

    /// What is there now, without waiting.
    func poll() -> Item? {
        state.withLock { $0.take() }
    }

    /// The consumer's side.
    ///
    /// A cancelled task gets the end.
    func next() async -> Item {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let item = state.withLock { state -> Item? in
                    if let item = state.take() { return item }
                    // One consumer at a time: a second one would take the first one's place for good.
                    if Task.isCancelled || state.waiter != nil { return .ended(nil) }
                    state.waiter = continuation
                    return nil
                }
                if let item { continuation.resume(returning: item) }
            }
        } onCancel: {
            let waiter = state.withLock { $0.takeWaiter() }
            waiter?.resume(returning: .ended(nil))
        }
    }
}
