import CUVShim

/// What other threads hand to a loop: one locked queue, one wake-up per batch.
///
/// ```
///          beginShutDown            retire (the thread runs no more jobs)
///   open ────────────────▶ closing ────────────────▶ retired
///   all accepted           closures refused          closures refused
///                          executor jobs accepted    executor jobs wake a substitute thread
/// ```
///
/// An executor job is never refused: a job that never runs is a task that never ends.
final class Inbox: Sendable {
    /// One thing to run on the loop: an enum, so that an executor job costs no closure.
    enum Item {
        case closure(@Sendable () -> Void)
        case job(UnownedJob)
        /// The last thing an open loop runs: everything accepted before it has run.
        case stop
        /// Stands where an item was taken out, so that nothing outlives its run.
        case taken
    }

    /// How the receiver of an item is to be woken.
    enum Wake {
        case none
        case refused
        case substituteThread
    }

    private enum Phase {
        case open
        case closing
        case retired
    }

    private struct State {
        var phase = Phase.open
        var items: [Item] = []
        /// Somebody is already on the way to look at `items`.
        var isWakePending = false
    }

    private let state = Locked(State())
    nonisolated(unsafe) private let wakeHandle: UnsafeMutablePointer<uv_async_t>

    init(waking wakeHandle: UnsafeMutablePointer<uv_async_t>) {
        self.wakeHandle = wakeHandle
    }

    func push(_ item: Item) -> Wake {
        state.withLock { state in
            if case .closure = item, state.phase != .open { return .refused }
            return Self.append(item, to: &state, waking: wakeHandle)
        }
    }

    /// From here on closures are refused; false when that was so already.
    func beginShutDown() -> Bool {
        state.withLock { state in
            guard state.phase == .open else { return false }
            state.phase = .closing
            _ = Self.append(.stop, to: &state, waking: wakeHandle)
            return true
        }
    }

    /// The wake-up handle is not used after this; true when items are left for a substitute.
    func retire() -> Bool {
        state.withLock { state in
            state.phase = .retired
            return state.isWakePending
        }
    }

    /// Swaps the queue with the empty `batch`; false, and ready for the next wake, if none waits.
    func take(into batch: inout [Item]) -> Bool {
        state.withLock { state in
            guard !state.items.isEmpty else {
                state.isWakePending = false
                return false
            }
            swap(&state.items, &batch)
            return true
        }
    }

    private static func append(
        _ item: Item, to state: inout State, waking handle: UnsafeMutablePointer<uv_async_t>
    ) -> Wake {
        state.items.append(item)
        if state.isWakePending { return .none }
        state.isWakePending = true
        if state.phase == .retired { return .substituteThread }
        // Under the lock, so that the loop cannot close the handle in between.
        uv_async_send(handle)
        return .none
    }
}
