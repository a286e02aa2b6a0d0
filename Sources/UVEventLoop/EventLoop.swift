import CUVShim

/// A libuv loop on a thread of its own, and a serial executor that actors can be pinned to.
///
/// The thread keeps the loop alive: it ends with `shutDown`, which every owner must call, and not
/// with the last reference. Nothing that lives on the loop may be touched from another thread.
package final class EventLoop: SerialExecutor, @unchecked Sendable {
    /// Jobs run per turn; then the sockets get their turn.
    static let jobsPerTurnMax = 4096

    let core: LoopCore
    let inbox: Inbox
    let ending = Locked(Ending())
    let name: String

    /// Starts the thread, and ignores SIGPIPE unless the process installed a handler.
    package init(name: String = "theater-loop") throws(UVError) {
        Self.ignoreSIGPIPE
        self.name = name
        core = try LoopCore(onWake: onWake)
        inbox = Inbox(waking: core.wakeHandle)
        try startThread()
    }

    /// Runs `job` on the loop; jobs of one thread keep their order.
    ///
    /// Any thread. False when the loop is shutting down or has shut down: the job will never run. A job for
    /// which it is true always runs.
    @discardableResult
    package func submit(_ job: @escaping @Sendable () -> Void) -> Bool {
        switch inbox.push(.closure(job)) {
        case .none: return true
        case .refused, .substituteThread: return false
        }
    }

    /// A clock that only goes forward; its zero means nothing (any thread).
    package static var nowNanoseconds: UInt64 { uv_hrtime() }

    /// Whether the caller is a job or a callback of this loop (any thread).
    package var isOnLoop: Bool {
        cuv_current_loop() == UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
    }

    /// Handles and requests open now.
    package var liveCounts: LiveCounts {
        get async {
            let counts: LiveCounts? = await withCheckedContinuation { continuation in
                let isAccepted = submit { continuation.resume(returning: self.core.counts) }
                if !isAccepted { continuation.resume(returning: nil) }
            }
            if let counts { return counts }
            await shutDown()
            return core.counts
        }
    }

    // MARK: SerialExecutor

    /// Every job runs, one at a time, also after the shutdown: see `startSubstitute` (any thread).
    package nonisolated func enqueue(_ job: consuming ExecutorJob) {
        switch inbox.push(.job(UnownedJob(job))) {
        case .none, .refused: break
        case .substituteThread: startSubstitute()
        }
    }

    package nonisolated func checkIsolated() {
        precondition(isOnLoop, "not on the loop \(name)")
    }

    package nonisolated func isIsolatingCurrentContext() -> Bool? {
        isOnLoop
    }

    private static let ignoreSIGPIPE: Void = cuv_ignore_sigpipe()
}
