import UVEventLoop

extension EventLoop {
    /// Runs `body` on the loop and gives its result; nil when the loop has shut down.
    func ask<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value? {
        await askLater { answer in answer(body()) }
    }

    /// Runs `body` on the loop, which calls its argument exactly once; nil when the loop has shut
    /// down.
    func askLater<Value: Sendable>(
        _ body: @escaping @Sendable (_ answer: @escaping @Sendable (Value) -> Void) -> Void
    ) async -> Value? {
        await withCheckedContinuation { (continuation: CheckedContinuation<Value?, Never>) in
            let isTaken = submit { body { continuation.resume(returning: $0) } }
            if !isTaken { continuation.resume(returning: nil) }
        }
    }
}
