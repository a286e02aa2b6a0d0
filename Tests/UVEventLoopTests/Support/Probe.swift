import UVEventLoop

/// A delegate that remembers everything and lets a test wait for it; loop thread only.
final class Probe: LoopStreamDelegate {
    enum Event: Equatable {
        case connected
        case read
        case wrote(UInt64, handedOver: Bool)
        case closed(StreamCloseReason)
    }

    var stream: LoopStream?
    var whenRead: ((LoopStream, [UInt8]) -> Void)?
    var whenClosed: (() -> Void)?
    private(set) var events: [Event] = []
    private(set) var received: [UInt8] = []
    private var waiters: [(condition: (Probe) -> Bool, wake: () -> Void)] = []

    var isConnected: Bool { events.contains(.connected) }
    var isClosed: Bool { closeReason != nil }
    var text: String { String(decoding: received, as: UTF8.self) }

    var closeReason: StreamCloseReason? {
        for case .closed(let reason) in events { return reason }
        return nil
    }

    /// The name of the libuv error it ended with.
    var errorName: String? {
        guard case .failed(let error) = closeReason else { return nil }
        return error.name
    }

    /// Completions in order; a refused write has a minus.
    var completions: [Int] {
        events.compactMap { event in
            guard case .wrote(let token, let handedOver) = event else { return nil }
            return handedOver ? Int(token) : -Int(token)
        }
    }

    func wait(until condition: @escaping (Probe) -> Bool) async {
        if condition(self) { return }
        await withCheckedContinuation { continuation in
            waiters.append((condition, { continuation.resume() }))
        }
    }

    func write(_ text: String, token: UInt64 = 1) {
        stream?.write(Array(text.utf8), token: token)
    }

    private func note(_ event: Event) {
        events.append(event)
        let ready = waiters.filter { $0.condition(self) }
        waiters.removeAll { $0.condition(self) }
        for waiter in ready { waiter.wake() }
    }

    func streamDidConnect(_ stream: LoopStream) { note(.connected) }

    func stream(_ stream: LoopStream, didRead bytes: [UInt8]) {
        received += bytes
        whenRead?(stream, bytes)
        note(.read)
    }

    func stream(_ stream: LoopStream, didFinishWrite token: UInt64, handedOver: Bool) {
        note(.wrote(token, handedOver: handedOver))
    }

    func streamDidClose(_ stream: LoopStream, reason: StreamCloseReason) {
        note(.closed(reason))
        whenClosed?()
        self.stream = nil
    }
}
