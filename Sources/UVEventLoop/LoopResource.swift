import CUVShim

/// Something that owns libuv handles; loop thread only.
///
/// Each handle's `data` retains its owner from `own` until the handle's close callback: libuv never
/// calls a freed object, however early the user lets go. The loop's shutdown closes every resource
/// that has not retired.
package class LoopResource {
    package let loop: EventLoop
    private var number: UInt64 = 0

    init(on loop: EventLoop) {
        assert(loop.isOnLoop, "used off its loop")
        self.loop = loop
        number = loop.core.register(self)
    }

    /// Ends the resource; idempotent, and nothing is called back synchronously.
    package func close() {}

    /// The close callback of a handle it owned; the memory goes afterwards.
    func handleDidClose(_ handle: UnsafeMutablePointer<uv_handle_t>) {}

    /// The last handle is closed, the loop may forget the resource.
    final func retire() {
        loop.core.unregister(number)
    }

    /// Makes this the object that the handle's callbacks reach.
    final func own(_ handle: UnsafeMutablePointer<uv_handle_t>) {
        let owner: LoopResource = self
        uv_handle_set_data(handle, Unmanaged.passRetained(owner).toOpaque())
    }

    /// The owner of a handle; nil for one that was given up before anybody owned it.
    static func owner(of handle: UnsafeMutablePointer<uv_handle_t>) -> LoopResource? {
        uv_handle_get_data(handle).map {
            Unmanaged<LoopResource>.fromOpaque($0).takeUnretainedValue()
        }
    }
}

extension EventLoop {
    /// Memory of a new handle, initialised by `initialize`, not owned yet.
    ///
    /// It is freed by the close callback: from here on `closeHandle` is the only way out.
    func makeHandle<Handle>(
        _ initialize: (UnsafeMutablePointer<uv_loop_t>, UnsafeMutablePointer<Handle>) -> Int32
    ) throws(UVError) -> UnsafeMutablePointer<Handle> {
        guard core.acceptsHandles else { throw UVError(UV_ECANCELED) }
        let handle = UnsafeMutablePointer<Handle>.allocate(capacity: 1)
        let status = initialize(core.uvLoop, handle)
        if status < 0 {
            handle.deallocate()
            throw UVError(code: status)
        }
        uv_handle_set_data(handle.base, nil)
        core.counts.handles += 1
        return handle
    }
}

/// `uv_close` asserts that it is called once: ask here first.
func closeHandle(_ handle: UnsafeMutablePointer<uv_handle_t>) {
    if uv_is_closing(handle) == 0 { uv_close(handle, onHandleClosed) }
}

/// The one close callback: tells the owner, then frees the memory and releases the owner.
func onHandleClosed(_ handle: UnsafeMutablePointer<uv_handle_t>?) {
    guard let handle else { return }
    LoopCore.of(handle)?.counts.handles -= 1
    let owner = uv_handle_get_data(handle).map { Unmanaged<LoopResource>.fromOpaque($0) }
    owner?.takeUnretainedValue().handleDidClose(handle)
    UnsafeMutableRawPointer(handle).deallocate()
    owner?.release()
}
