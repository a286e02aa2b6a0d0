import CUVShim

/// Watches one signal (SIGTERM, SIGINT); loop thread only.
package final class LoopSignal: LoopResource {
    private let handle: UnsafeMutablePointer<uv_signal_t>
    private var handler: (() -> Void)?

    /// While it is open the signal's default action is replaced by `handler`.
    package init(
        on loop: EventLoop, signal: Int32, handler: @escaping () -> Void
    ) throws(UVError) {
        let handle: UnsafeMutablePointer<uv_signal_t>
        handle = try loop.makeHandle { uv_signal_init($0, $1) }
        let status = uv_signal_start(handle, onSignal, signal)
        if status < 0 {
            closeHandle(handle.base)
            throw UVError(code: status)
        }
        self.handle = handle
        self.handler = handler
        super.init(on: loop)
        own(handle.base)
    }

    package override func close() {
        guard handler != nil else { return }
        handler = nil
        closeHandle(handle.base)
    }

    override func handleDidClose(_ handle: UnsafeMutablePointer<uv_handle_t>) {
        retire()
    }

    fileprivate func fire() {
        let handler = handler
        handler?()
    }
}

private func onSignal(_ handle: UnsafeMutablePointer<uv_signal_t>?, _ signal: Int32) {
    guard let handle, let watcher = LoopResource.owner(of: handle.base) as? LoopSignal else {
        return
    }
    watcher.fire()
}
