import TheaterProtocol
import UVEventLoop

/// One accepted socket: bytes to messages and back, for the machine's `ConnectionID`.
///
/// Loop thread only. The runner keeps it until `streamDidClose`.
final class ServerConnection: LoopStreamDelegate {
    let id: ConnectionID
    private let stream: LoopStream
    private let loop: EventLoop
    private weak var runner: ServerRunner?
    private let era: ServerEra
    private var decoder: MessageDecoder
    private var encoder: MessageEncoder
    private var outbox = Outbox()
    private var pauseTimer: LoopTimer?
    private var isPausing = false
    private var isReadingPaused = false
    private var lastToken: UInt64 = 0
    private var unfinishedWrites = 0

    /// Above it no further command of this connection is executed, as the real server's full queue
    /// does (wire reference §8.1).
    private static let congestedBytes = 1 << 20
    /// Above it, a peer that does not read its pushes is cut off.
    private static let mostUnsentBytes = 64 << 20

    init(
        id: ConnectionID, stream: LoopStream, runner: ServerRunner, era: ServerEra,
        fragmentBytes: Int
    ) {
        self.id = id
        self.stream = stream
        self.runner = runner
        self.era = era
        loop = runner.loop
        let format = era.wireFormat
        decoder = MessageDecoder(format: format, emptyFrames: format == .plain ? .skip : .refuse)
        encoder = MessageEncoder(format: format, fragmentBytes: fragmentBytes)
        stream.delegate = self
    }

    // MARK: Receiving

    /// The next message received; throws once the bytes make no sense.
    func nextMessage(now: Duration) throws(WireError) -> [UInt8]? {
        try decoder.next(now: now)
    }

    var isCongested: Bool { stream.unsentByteCount > Self.congestedBytes }

    /// Reads from the socket, or leaves the bytes with the kernel.
    func setReading(_ isReading: Bool) {
        guard isReading == isReadingPaused else { return }
        isReadingPaused = !isReading
        if isReading { stream.resumeReading() } else { stream.pauseReading() }
    }

    func streamDidConnect(_ stream: LoopStream) {}

    func stream(_ stream: LoopStream, didRead bytes: [UInt8]) {
        decoder.append(bytes)
        runner?.pump(self)
    }

    // MARK: Sending

    func send(_ message: ServerMessage, _ delivery: Delivery) {
        do throws(WireError) {
            outbox.append(try encoder.encode(message.encoded(as: era)), delivery)
        } catch {
            runner?.encodingFailed(on: self)
        }
        flush()
    }

    func send(_ bytes: [UInt8]) {
        outbox.append(.write(bytes))
        flush()
    }

    func cut(_ cut: Fault.Cut) {
        outbox.append(.cut(cut))
        flush()
    }

    /// At once, whatever is still to be sent.
    func close() {
        stream.close()
    }

    private func flush() {
        while !isPausing, let item = outbox.first {
            // A reset throws away what the kernel has not taken yet.
            if case .cut(.reset) = item, unfinishedWrites > 0 { return }
            // Taken out first: a write that is refused reports back from inside the call.
            outbox.removeFirst()
            switch item {
            case .write(let bytes): write(bytes)
            case .pause: pause()
            case .cut(.close): stream.closeAfterWrites()
            case .cut(.reset): stream.closeWithReset()
            }
        }
    }

    private func write(_ bytes: [UInt8]) {
        lastToken += 1
        unfinishedWrites += 1
        stream.write(bytes, token: lastToken)
        if stream.unsentByteCount > Self.mostUnsentBytes { stream.closeWithReset() }
    }

    private func pause() {
        isPausing = true
        let timer =
            pauseTimer
            ?? LoopTimer(on: loop) { [weak self] in
                self?.isPausing = false
                self?.flush()
            }
        pauseTimer = timer
        timer.arm(after: .milliseconds(1))
    }

    func stream(_ stream: LoopStream, didFinishWrite token: UInt64, handedOver: Bool) {
        unfinishedWrites -= 1
        flush()
        runner?.pump(self)
    }

    func streamDidClose(_ stream: LoopStream, reason: StreamCloseReason) {
        outbox.removeAll()
        pauseTimer?.close()
        pauseTimer = nil
        runner?.connectionDidClose(self)
    }
}
