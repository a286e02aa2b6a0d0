import CUVShim

/// How the end of the loop's thread is waited for.
struct Ending {
    var hasEnded = false
    var waiters: [CheckedContinuation<Void, Never>] = []
    /// Taken by the one who joins.
    var thread: uv_thread_t?
}

extension EventLoop {
    /// Ends the loop: any thread, idempotent, and it waits for the end, whoever began it.
    ///
    /// Runs every job accepted before, then closes every handle, waits for every request (a name
    /// being resolved can take its time), closes the libuv loop and joins the thread.
    package func shutDown() async {
        _ = inbox.beginShutDown()
        await withCheckedContinuation { continuation in
            let hasEnded = ending.withLock { ending in
                if !ending.hasEnded { ending.waiters.append(continuation) }
                return ending.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
        // The thread has nothing left to do: this join does not wait for anything that can block.
        if var thread = ending.withLock({ $0.thread.take() }) { uv_thread_join(&thread) }
    }

    /// Any thread, the loop's own too.
    ///
    /// Begins the same end and waits for nothing: for a `deinit`.
    package func shutDownDetached() {
        guard inbox.beginShutDown() else { return }
        if let thread = ending.withLock({ $0.thread.take() }) { cuv_detach_thread(thread) }
    }

    /// The thread retains the loop until it ends.
    func startThread() throws(UVError) {
        let retained = Unmanaged.passRetained(self)
        var thread = uv_thread_t()
        let status = uv_thread_create(&thread, runThread, retained.toOpaque())
        if status < 0 {
            retained.release()
            core.closeWakeHandle()
            throw UVError(code: status)
        }
        ending.withLock { $0.thread = thread }
    }

    fileprivate func run() {
        cuv_name_this_thread(name)
        let identity = UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
        cuv_set_current_loop(identity)
        uv_handle_set_data(core.wakeHandle.base, Unmanaged.passUnretained(self).toOpaque())

        uv_run(core.uvLoop, UV_RUN_DEFAULT)
        core.close()
        let hasItemsLeft = inbox.retire()
        core.closeWakeHandle()
        cuv_set_current_loop(nil)
        if hasItemsLeft { startSubstitute() }

        let waiters = ending.withLock { ending in
            ending.hasEnded = true
            return ending.waiters.take()
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Runs what is queued, in order; false when there is more than one turn may run.
    fileprivate func runQueued() -> Bool {
        var jobsLeft = Self.jobsPerTurnMax
        while true {
            if core.batchCursor == core.batch.count {
                core.batch.removeAll(
                    keepingCapacity: core.batch.count <= LoopCore.keptBatchCapacity)
                core.batchCursor = 0
                core.runDeferredCalls()
                guard inbox.take(into: &core.batch) else { return true }
            }
            if jobsLeft == 0 { return false }
            jobsLeft -= 1
            var item = Inbox.Item.taken
            swap(&item, &core.batch[core.batchCursor])
            core.batchCursor += 1
            run(item)
        }
    }

    private func run(_ item: Inbox.Item) {
        switch item {
        case .closure(let job): job()
        case .job(let job): job.runSynchronously(on: asUnownedSerialExecutor())
        case .stop: uv_stop(core.uvLoop)
        case .taken: break
        }
    }

    // MARK: After the end

    /// Runs the jobs of actors pinned to a loop that has ended.
    ///
    /// They cannot be dropped (their tasks would never finish), must not run two at a time (the
    /// loop is their mutual exclusion), and must not run inside `enqueue` (its caller may hold
    /// locks): a short-lived thread takes the place of the loop's own until the inbox is empty.
    func startSubstitute() {
        let retained = Unmanaged.passRetained(self)
        if cuv_start_detached_thread(runSubstituteThread, retained.toOpaque()) < 0 {
            // No thread to be had: the caller's is better than none.
            runSubstituteThread(retained.toOpaque())
        }
    }

    fileprivate func runSubstitute() {
        let outer = cuv_current_loop()
        cuv_set_current_loop(UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque()))
        while !runQueued() {}
        cuv_set_current_loop(outer)
    }
}

private func runThread(_ argument: UnsafeMutableRawPointer?) {
    guard let argument else { return }
    Unmanaged<EventLoop>.fromOpaque(argument).takeRetainedValue().run()
}

private func runSubstituteThread(_ argument: UnsafeMutableRawPointer?) {
    guard let argument else { return }
    Unmanaged<EventLoop>.fromOpaque(argument).takeRetainedValue().runSubstitute()
}

/// The wake-up callback: one for a whole batch.
func onWake(_ handle: UnsafeMutablePointer<uv_async_t>?) {
    guard let handle, let data = uv_handle_get_data(handle.base) else { return }
    let loop = Unmanaged<EventLoop>.fromOpaque(data).takeUnretainedValue()
    if !loop.runQueued() { uv_async_send(handle) }
}

extension Optional {
    /// The value, leaving nil behind.
    fileprivate mutating func take() -> Wrapped? {
        defer { self = nil }
        return self
    }
}

extension Array {
    /// The elements, leaving none behind.
    fileprivate mutating func take() -> [Element] {
        defer { self = [] }
        return self
    }
}
