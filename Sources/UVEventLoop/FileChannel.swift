import CUVShim

/// The medium of a stream that is a file: the event loop cannot wait for one, so each read and each
/// write is a request to libuv's threads, one of each at a time.
///
/// A device that blocks keeps such a request, and with it the stream's and the loop's end.
final class FileChannel {
    private let descriptor: Int32
    /// It owns this channel; requests under way keep it alive.
    private unowned let stream: LoopStream
    private var readBuffer: UnsafeMutableRawBufferPointer?
    private var reading: UnsafeMutablePointer<uv_fs_t>?
    private var writing: UnsafeMutablePointer<uv_fs_t>?
    /// The first is the one under way, when there is one.
    private var writes: ArraySlice<UnsafeMutablePointer<cuv_write_t>> = []
    private var isClosing = false
    /// A read that ended while reading was paused.
    private var heldStatus: Int?

    private(set) var unsentByteCount = 0

    init(_ descriptor: Int32, of stream: LoopStream) {
        self.descriptor = descriptor
        self.stream = stream
    }

    deinit {
        readBuffer?.deallocate()
    }

    private var core: LoopCore { stream.loop.core }

    // MARK: Reading

    func read() {
        if let held = heldStatus {
            heldStatus = nil
            // Like any other read: not inside the caller.
            return core.later { [stream] in stream.fileReadEnded(held) }
        }
        guard reading == nil, !isClosing else { return }
        let buffer =
            readBuffer
            ?? .allocate(byteCount: LoopCore.readBufferByteCount, alignment: 16)
        readBuffer = buffer
        let request = makeRequest()
        let status = cuv_file_read(
            core.uvLoop, request, descriptor, buffer.baseAddress, buffer.count, onFileRead)
        if status < 0 {
            drop(request)
            return stream.fail(UVError(code: status))
        }
        reading = request
    }

    fileprivate func readEnded(_ result: Int) {
        reading = nil
        if isClosing { return finishIfIdle() }
        deliver(result)
    }

    func deliver(_ result: Int) {
        if isClosing { return }
        if stream.isReadingPaused {
            heldStatus = result
        } else if result > 0, let readBuffer {
            let bytes = [UInt8](readBuffer[..<result])
            stream.delegate?.stream(stream, didRead: bytes)
            stream.startReading()
        } else {
            stream.readingEnded(result == 0 ? UV_EOF.rawValue : Int32(clamping: result))
        }
    }

    // MARK: Writing

    func write(_ write: UnsafeMutablePointer<cuv_write_t>) {
        writes.append(write)
        unsentByteCount += write.pointee.count
        writeNext()
    }

    private func writeNext() {
        guard writing == nil, !isClosing, let write = writes.first else { return }
        let request = makeRequest()
        let status = cuv_file_write(core.uvLoop, request, descriptor, write, onFileWritten)
        if status < 0 {
            drop(request)
            return stream.fail(UVError(code: status))
        }
        writing = request
    }

    fileprivate func writeEnded(_ result: Int) {
        writing = nil
        guard let write = writes.first else { return finishIfIdle() }
        if result < 0 {
            stream.fail(UVError(code: Int32(clamping: result)))
        } else {
            write.pointee.written += result
            unsentByteCount -= result
            if write.pointee.written == write.pointee.count {
                complete(write, handedOver: true)
            } else if result == 0 {
                stream.fail(UVError(UV_EIO))
            }
        }
        if isClosing { return finishIfIdle() }
        writeNext()
        if writes.isEmpty, stream.state == .draining { stream.close() }
    }

    private func complete(_ write: UnsafeMutablePointer<cuv_write_t>, handedOver: Bool) {
        writes.removeFirst()
        unsentByteCount -= write.pointee.count - write.pointee.written
        let token = write.pointee.token
        cuv_write_destroy(write)
        stream.delegate?.stream(stream, didFinishWrite: token, handedOver: handedOver)
    }

    // MARK: Closing

    func closeAfterWrites() {
        if writes.isEmpty { stream.close() }
    }

    func close() {
        isClosing = true
        for request in [reading, writing] {
            if let request { uv_cancel(request.request) }
        }
        core.later { [stream] in stream.fileMayHaveEnded() }
    }

    /// A request under way ends first: its bytes are in use, and its write may yet succeed.
    func finishIfIdle() {
        guard isClosing, reading == nil, writing == nil, stream.state == .closing else { return }
        while let write = writes.first { complete(write, handedOver: false) }
        if descriptor > 2 { cuv_file_close(descriptor) }
        stream.finishClose()
    }

    // MARK: Requests

    private func makeRequest() -> UnsafeMutablePointer<uv_fs_t> {
        let request = UnsafeMutablePointer<uv_fs_t>.allocate(capacity: 1)
        uv_req_set_data(request.request, Unmanaged.passRetained(stream).toOpaque())
        core.counts.requests += 1
        return request
    }

    private func drop(_ request: UnsafeMutablePointer<uv_fs_t>) {
        FileChannel.end(request)
    }

    /// The stream of an ended request, its result, and the end of its memory.
    @discardableResult
    fileprivate static func end(
        _ request: UnsafeMutablePointer<uv_fs_t>
    ) -> (stream: LoopStream, result: Int)? {
        guard let data = uv_req_get_data(request.request) else { return nil }
        let stream = Unmanaged<LoopStream>.fromOpaque(data).takeRetainedValue()
        let result = uv_fs_get_result(request)
        uv_fs_req_cleanup(request)
        request.deallocate()
        stream.loop.core.counts.requests -= 1
        return (stream, result)
    }
}

extension LoopStream {
    fileprivate func fileReadEnded(_ result: Int) {
        if case .file(let file) = medium { file.deliver(result) }
    }

    fileprivate func fileMayHaveEnded() {
        if case .file(let file) = medium { file.finishIfIdle() }
    }
}

private func onFileRead(_ request: UnsafeMutablePointer<uv_fs_t>?) {
    guard let request, let (stream, result) = FileChannel.end(request) else { return }
    if case .file(let file) = stream.medium { file.readEnded(result) }
}

private func onFileWritten(_ request: UnsafeMutablePointer<uv_fs_t>?) {
    guard let request, let (stream, result) = FileChannel.end(request) else { return }
    if case .file(let file) = stream.medium { file.writeEnded(result) }
}
