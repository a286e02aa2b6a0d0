import CUVShim

/// The part of a loop that only the thread running its jobs touches.
final class LoopCore {
    static let readBufferByteCount = 64 * 1024
    /// A batch buffer that once grew beyond this is given back.
    static let keptBatchCapacity = 16 * 1024

    let uvLoop: UnsafeMutablePointer<uv_loop_t>
    let wakeHandle: UnsafeMutablePointer<uv_async_t>
    /// One for all streams: libuv fills it and hands it over within one call.
    let readBuffer: UnsafeMutableRawBufferPointer

    var counts = LiveCounts.none
    /// False from the start of the shutdown: nothing new may be opened.
    var acceptsHandles = true
    var batch: [Inbox.Item] = []
    var batchCursor = 0

    private var isWakeHandleOpen = true
    private var deferred: [() -> Void] = []
    private var resources: [UInt64: LoopResource] = [:]
    private var resourcesMade: UInt64 = 0

    init(onWake: uv_async_cb) throws(UVError) {
        uvLoop = .allocate(capacity: 1)
        wakeHandle = .allocate(capacity: 1)
        readBuffer = .allocate(byteCount: Self.readBufferByteCount, alignment: 16)
        do throws(UVError) {
            try UVError.check(uv_loop_init(uvLoop))
        } catch {
            isWakeHandleOpen = false
            throw error
        }
        uv_loop_set_data(uvLoop, Unmanaged.passUnretained(self).toOpaque())
        do throws(UVError) {
            try UVError.check(uv_async_init(uvLoop, wakeHandle, onWake))
        } catch {
            isWakeHandleOpen = false
            uv_loop_close(uvLoop)
            throw error
        }
    }

    deinit {
        uvLoop.deallocate()
        wakeHandle.deallocate()
        readBuffer.deallocate()
    }

    static func of(_ handle: UnsafeMutablePointer<uv_handle_t>) -> LoopCore? {
        guard let loop = uv_handle_get_loop(handle), let data = uv_loop_get_data(loop) else {
            return nil
        }
        return Unmanaged<LoopCore>.fromOpaque(data).takeUnretainedValue()
    }

    // MARK: Deferred calls

    /// Runs `call` in a later turn of the loop: never inside the caller.
    func later(_ call: @escaping () -> Void) {
        deferred.append(call)
        if isWakeHandleOpen { uv_async_send(wakeHandle) }
    }

    var hasDeferredCalls: Bool { !deferred.isEmpty }

    /// Runs the calls deferred until now; one that defers again waits for the next turn, or is run
    /// at once when no turn will come.
    func runDeferredCalls() {
        while !deferred.isEmpty {
            var calls: [() -> Void] = []
            swap(&calls, &deferred)
            for call in calls { call() }
            if isWakeHandleOpen { return }
        }
    }

    // MARK: Resources

    func register(_ resource: LoopResource) -> UInt64 {
        resourcesMade += 1
        resources[resourcesMade] = resource
        return resourcesMade
    }

    func unregister(_ number: UInt64) {
        resources[number] = nil
    }

    /// Closes what is open, oldest first.
    func closeResources() {
        for (_, resource) in resources.sorted(by: { $0.key < $1.key }) { resource.close() }
    }

    // MARK: End

    /// Closes everything and runs the loop until nothing is left of it.
    func close() {
        acceptsHandles = false
        closeResources()
        // The wake-up handle stays open, for executor jobs, but no longer keeps the loop alive.
        uv_unref(wakeHandle.base)
        repeat {
            runDeferredCalls()
            uv_run(uvLoop, UV_RUN_DEFAULT)
        } while hasDeferredCalls || uv_loop_alive(uvLoop) != 0
    }

    /// Closes the wake-up handle and the loop, which must be empty.
    func closeWakeHandle() {
        isWakeHandleOpen = false
        uv_close(wakeHandle.base, nil)
        uv_run(uvLoop, UV_RUN_DEFAULT)
        let status = uv_loop_close(uvLoop)
        // Our own books, not input: a handle left open here would be used after it is freed.
        precondition(status == 0, "uv_loop_close: \(UVError(code: status))")
        precondition(counts == .none, "\(counts)")
    }
}
