import CUVShim

/// One timer, armed any number of times; loop thread only.
package final class LoopTimer: LoopResource {
    private var handle: UnsafeMutablePointer<uv_timer_t>?
    private var handler: (() -> Void)?

    /// A timer that is not armed; `handler` is kept until `close`.
    ///
    /// On a loop that is shutting down it never fires.
    package init(on loop: EventLoop, handler: @escaping () -> Void) {
        self.handler = handler
        super.init(on: loop)
        guard let handle = try? loop.makeHandle({ uv_timer_init($0, $1) }) else {
            close()
            return
        }
        own(handle.base)
        self.handle = handle
    }

    /// Fires once, never early (rounds up to the next millisecond); replaces an earlier arming.
    package func arm(after delay: Duration) {
        guard let handle, handler != nil else { return }
        uv_timer_start(handle, onTimer, milliseconds(until: delay), 0)
    }

    /// The handler does not run until the timer is armed again.
    package func disarm() {
        guard let handle, handler != nil else { return }
        uv_timer_stop(handle)
    }

    package override func close() {
        guard handler != nil else { return }
        handler = nil
        guard let handle else { return retire() }
        closeHandle(handle.base)
    }

    override func handleDidClose(_ handle: UnsafeMutablePointer<uv_handle_t>) {
        self.handle = nil
        retire()
    }

    /// The loop's clock counts whole milliseconds, rounded down, and stands still within a turn: so
    /// the target is taken from the exact clock and rounded up, and the loop's clock subtracted.
    private func milliseconds(until delay: Duration) -> UInt64 {
        let delayNanoseconds = delay.clampedNanoseconds
        guard delayNanoseconds > 0 else { return 0 }
        let target = (EventLoop.nowNanoseconds + delayNanoseconds + 999_999) / 1_000_000
        let loopNow = uv_now(loop.core.uvLoop)
        return target > loopNow ? target - loopNow : 0
    }

    fileprivate func fire() {
        // A local, so that a handler that closes the timer does not free itself while it runs.
        let handler = handler
        handler?()
    }
}

private func onTimer(_ handle: UnsafeMutablePointer<uv_timer_t>?) {
    guard let handle, let timer = LoopResource.owner(of: handle.base) as? LoopTimer else { return }
    timer.fire()
}

extension Duration {
    /// Between zero and a century: what a timer can count without overflow.
    fileprivate var clampedNanoseconds: UInt64 {
        let century: Int64 = 100 * 366 * 86_400
        let (seconds, attoseconds) = components
        if seconds < 0 || attoseconds < 0 { return 0 }
        if seconds >= century { return UInt64(century) * 1_000_000_000 }
        // Rounded up: a part of a nanosecond may not make the timer early.
        let fraction = (attoseconds + 999_999_999) / 1_000_000_000
        return UInt64(seconds) * 1_000_000_000 + UInt64(fraction)
    }
}
