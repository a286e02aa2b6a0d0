import Glibc
import UVEventLoop

/// Standard input as lines and standard output as a writer, both on an event loop.
///
/// Standard output is made private first: descriptor 1 then leads to standard error, so whatever
/// else the process prints cannot end up among the messages.
///
/// Everything below `// Loop thread` is touched by the loop alone; the loop is the lock, which the
/// compiler cannot see.
final class StandardStreams: MessageWriter, @unchecked Sendable {
    /// Answers that the host does not read; above it, its requests are not read either.
    private static let unsentBytes = 16_777_216
    /// Lines that are read and not taken yet; above it, no more are read.
    private static let waitingBytes = 1_048_576

    private let loop: EventLoop
    private let log: Log

    // Loop thread
    private var standardInput: LoopStream?
    private var standardOutput: LoopStream?
    private var signals: [LoopSignal] = []
    private var lines = LineQueue()
    private var reader: CheckedContinuation<LineFramer.Line?, Never>?
    private var hasEnded = false
    private var isInputPaused = false
    private var flushTimer: LoopTimer?
    private var flushed: CheckedContinuation<Void, Never>?

    init(on loop: EventLoop, log: Log) {
        self.loop = loop
        self.log = log
    }

    /// The lines of the host.
    ///
    /// One task takes them, and no more is read than it takes.
    var input: AsyncStream<LineFramer.Line> {
        AsyncStream { [self] in
            await withCheckedContinuation { continuation in
                let isOpen = loop.submit { [self] in
                    reader = continuation
                    serveReader()
                }
                if !isOpen { continuation.resume(returning: nil) }
            }
        } onCancel: { [self] in
            loop.submit { [self] in end() }
        }
    }

    /// Takes the descriptors over and starts to read.
    func open() async throws(MCPServerError) {
        let failure = await withCheckedContinuation { continuation in
            let isOpen = loop.submit { [self] in continuation.resume(returning: openOnLoop()) }
            if !isOpen { continuation.resume(returning: "the event loop has ended") }
        }
        if let failure { throw MCPServerError(description: failure) }
    }

    func write(_ line: [UInt8]) {
        loop.submit { [self] in
            standardOutput?.write(line, token: 0)
            balance()
        }
    }

    /// Waits until everything is written, but not for a host that has stopped reading.
    func flush(atMost limit: Duration) async {
        await withCheckedContinuation { continuation in
            let isOpen = loop.submit { [self] in
                flushed = continuation
                let timer = LoopTimer(on: loop) { [self] in endFlush() }
                timer.arm(after: limit)
                flushTimer = timer
                endFlushIfWritten()
            }
            if !isOpen { continuation.resume() }
        }
    }

    // MARK: Loop thread

    /// The reason when it fails.
    private func openOnLoop() -> String? {
        let privateOutput = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
        guard privateOutput >= 0, dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 else {
            return "standard output: \(String(cString: strerror(errno)))"
        }
        do throws(UVError) {
            standardOutput = try LoopStream.standardOutput(
                on: loop, descriptor: privateOutput, delegate: self)
            for signal in [SIGTERM, SIGINT] {
                signals.append(try LoopSignal(on: loop, signal: signal) { [self] in end() })
            }
            standardInput = try LoopStream.standardInput(on: loop, delegate: self)
            return nil
        } catch {
            return "standard input and output: \(error)"
        }
    }

    /// No more input: the end of it, a signal, or a host that reads no more answers.
    private func end() {
        standardInput?.close()
        hasEnded = true
        serveReader()
    }

    private func serveReader() {
        guard let reader else { return }
        guard let line = lines.removeFirst() else {
            if hasEnded {
                self.reader = nil
                reader.resume(returning: nil)
            }
            return
        }
        self.reader = nil
        balance()
        reader.resume(returning: line)
    }

    /// Reads no more than is taken, neither by us nor by the host.
    private func balance() {
        let unsent = standardOutput?.unsentByteCount ?? 0
        if isInputPaused {
            guard unsent <= Self.unsentBytes / 2, lines.byteCount <= Self.waitingBytes / 2 else {
                return
            }
            isInputPaused = false
            standardInput?.resumeReading()
        } else if unsent > Self.unsentBytes || lines.byteCount > Self.waitingBytes {
            isInputPaused = true
            standardInput?.pauseReading()
        }
    }

    private func endFlushIfWritten() {
        if (standardOutput?.unsentByteCount ?? 0) == 0 { endFlush() }
    }

    private func endFlush() {
        flushTimer?.close()
        flushTimer = nil
        flushed?.resume()
        flushed = nil
    }
}

extension StandardStreams: LoopStreamDelegate {
    func streamDidConnect(_ stream: LoopStream) {}

    func stream(_ stream: LoopStream, didRead bytes: [UInt8]) {
        lines.append(bytes)
        balance()
        serveReader()
    }

    func stream(_ stream: LoopStream, didFinishWrite token: UInt64, handedOver: Bool) {
        balance()
        if flushed != nil { endFlushIfWritten() }
    }

    func streamDidClose(_ stream: LoopStream, reason: StreamCloseReason) {
        if stream === standardOutput {
            log.debug("standard output closed: \(reason)")
            standardOutput = nil
            if flushed != nil { endFlush() }
        } else {
            standardInput = nil
            if reason == .endOfStream { lines.finish() }
        }
        end()
    }
}
