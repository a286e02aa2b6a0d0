import CUVShim

/// A TCP connection or a standard stream; loop thread only.
///
/// ```
///  connect                                 standard streams, accepted connections
///     │                                                 │
///     ▼          addresses             one answers      ▼   closeAfterWrites
///  resolving ─────────────▶ connecting ─────────────▶ open ──────────────────▶ draining
///     │                         │                       │ a write failed          │
///     │                         │                       ▼                         │
///     │                         │                     broken                      │
///     │ close, failure          │ close, all refused    │ close, end, failure     │ all written
///     └─────────────────────────┴───────────┬───────────┴─────────────────────────┘
///                                           ▼        last handle or request is gone
///                                        closing ──────────────────────────────────▶ closed
/// ```
///
/// The delegate hears `streamDidClose` on the way into `closed`, and nothing afterwards.
package final class LoopStream: LoopResource {
    enum State {
        case resolving
        case connecting
        case open
        /// Ends when the queued writes are with the kernel and FIN is sent.
        case draining
        /// The write side failed; what the peer had sent before is still being read.
        case broken
        case closing
        case closed
    }

    enum Medium {
        case none
        case handle(UnsafeMutablePointer<uv_stream_t>)
        case file(FileChannel)
    }

    /// Held strongly until `streamDidClose`, so that the end is always heard; then released.
    package var delegate: (any LoopStreamDelegate)?

    var state: State
    var medium = Medium.none
    var dial: Dial?
    var quickAcknowledge = false
    var reads = true
    var isReadingPaused = false
    /// Status flags of a standard descriptor, which other processes share, to be put back.
    var savedStatusFlags: (descriptor: Int32, flags: Int32)?

    private var cause: StreamCloseReason?
    /// Writes that never began, in order; reported as soon as that is not inside a call.
    private var refusedTokens: [UInt64] = []

    init(on loop: EventLoop, state: State, delegate: (any LoopStreamDelegate)?) {
        self.state = state
        self.delegate = delegate
        super.init(on: loop)
    }

    // MARK: Closing

    /// Closes at once; idempotent.
    ///
    /// Pending writes end with `handedOver: false`, unless the kernel has them already.
    package override func close() {
        beginClose(.closedLocally)
    }

    /// FIN after the pending writes (a half close), then closes.
    ///
    /// A peer that does not read delays this for ever: a deadline is the caller's, and `close` its
    /// means.
    package func closeAfterWrites() {
        guard state == .open else {
            if state != .draining { close() }
            return
        }
        state = .draining
        switch medium {
        case .none: close()
        case .file(let file): file.closeAfterWrites()
        case .handle(let handle): sendFIN(on: handle)
        }
    }

    /// Closes with RST instead of FIN: what is unsent is dropped, at the peer as well.
    package func closeWithReset() {
        guard state != .closing, state != .closed, case .handle(let handle) = medium,
            uv_handle_get_type(handle.base) == UV_TCP
        else { return close() }
        beginClose(.closedLocally) {
            // Refused without a socket, and after a half close: then the plain close is all left.
            if uv_tcp_close_reset(handle.tcp, onHandleClosed) < 0 { closeHandle(handle.base) }
        }
    }

    func fail(_ error: UVError) {
        beginClose(.failed(error))
    }

    /// The one way into `closing`; the argument closes the handle in some way of its own.
    func beginClose(_ reason: StreamCloseReason, closing: (() -> Void)? = nil) {
        guard state != .closing, state != .closed else { return }
        noteCause(reason)
        state = .closing
        switch medium {
        case .none:
            cancelResolving()
            loop.core.later { self.finishClose() }
        case .handle(let handle):
            if let closing { closing() } else { closeHandle(handle.base) }
        case .file(let file):
            file.close()
        }
    }

    /// The first cause is kept: the others follow from it.
    func noteCause(_ reason: StreamCloseReason) {
        if cause == nil { cause = reason }
    }

    override func handleDidClose(_ handle: UnsafeMutablePointer<uv_handle_t>) {
        // Handles of refused addresses end here too.
        guard case .handle(let current) = medium, current.base == handle else { return }
        if let (descriptor, flags) = savedStatusFlags { cuv_set_status_flags(descriptor, flags) }
        finishClose()
    }

    /// Every write has been completed by now, or never began.
    func finishClose() {
        guard state == .closing else { return }
        reportRefusedWrites()
        state = .closed
        medium = .none
        let delegate = delegate
        self.delegate = nil
        retire()
        delegate?.streamDidClose(self, reason: cause ?? .closedLocally)
    }

    // MARK: Refused writes

    /// The write `token` will not happen; said in its turn, and never inside the caller.
    func refuse(_ token: UInt64) {
        switch state {
        case .closed:
            return
        case .resolving, .connecting:
            refusedTokens.append(token)
            loop.core.later { self.reportRefusedWrites() }
        case .open, .draining, .broken, .closing:
            // Earlier writes may be pending still: these follow them, at the close.
            refusedTokens.append(token)
        }
    }

    func reportRefusedWrites() {
        // Again and again: the delegate may write once more when it hears of it.
        while !refusedTokens.isEmpty {
            let tokens = refusedTokens
            refusedTokens = []
            for token in tokens {
                delegate?.stream(self, didFinishWrite: token, handedOver: false)
            }
            if state != .closing { return }
        }
    }
}
