import CUVShim

extension LoopStream {
    /// Nothing is read until `resumeReading`: the kernel's buffers fill, and the peer must wait.
    ///
    /// The end of the stream is not noticed meanwhile. Also before the connection stands.
    package func pauseReading() {
        isReadingPaused = true
        switch medium {
        case .handle(let handle): uv_read_stop(handle)
        case .file, .none: break
        }
        // There was only the rest to be read, and nobody wants it.
        if state == .broken { beginClose(.closedLocally) }
    }

    /// Undoes `pauseReading`.
    package func resumeReading() {
        isReadingPaused = false
        startReading()
    }

    func startReading() {
        guard state == .open || state == .draining, reads, !isReadingPaused else { return }
        switch medium {
        case .none: break
        case .file(let file): file.read()
        case .handle(let handle):
            let status = uv_read_start(handle, onAllocate, onRead)
            if status < 0, status != UV_EALREADY.rawValue { fail(UVError(code: status)) }
        }
    }

    fileprivate func didRead(_ bytes: UnsafeRawBufferPointer) {
        if quickAcknowledge, case .handle(let handle) = medium {
            cuv_tcp_acknowledge_quickly(handle.base)
        }
        delegate?.stream(self, didRead: [UInt8](bytes))
    }

    /// Nothing may be read after this: libuv leaves it undefined.
    func readingEnded(_ status: Int32) {
        var status = status
        if case .handle(let handle) = medium {
            uv_read_stop(handle)
            // Data and RST in one poll: libuv delivers the data, then takes the hang-up for FIN.
            let pending = cuv_socket_pending_error(handle.base)
            if pending < 0 { status = pending }
        }
        guard status == UV_EOF.rawValue else { return fail(UVError(code: status)) }
        // The peer has said all it will, and waits for the rest of our answer.
        if state == .draining { return }
        beginClose(.endOfStream)
    }

    /// The stream a handle belongs to, unless it is closing or has gone on to another handle.
    static func live(_ handle: UnsafeMutablePointer<uv_stream_t>?) -> LoopStream? {
        guard let handle,
            let stream = LoopResource.owner(of: handle.base) as? LoopStream,
            case .handle(let current) = stream.medium, current == handle,
            stream.state != .closing, stream.state != .closed
        else { return nil }
        return stream
    }
}

private func onAllocate(
    _ handle: UnsafeMutablePointer<uv_handle_t>?, _ suggested: Int,
    _ buffer: UnsafeMutablePointer<uv_buf_t>?
) {
    // Without a buffer libuv reads nothing and reports ENOBUFS.
    guard let handle, let core = LoopCore.of(handle) else { return }
    buffer?.pointee.base = core.readBuffer.baseAddress?.assumingMemoryBound(to: CChar.self)
    buffer?.pointee.len = core.readBuffer.count
}

private func onRead(
    _ handle: UnsafeMutablePointer<uv_stream_t>?, _ count: Int,
    _ buffer: UnsafePointer<uv_buf_t>?
) {
    // Zero is "try again", not the end.
    guard count != 0, let stream = LoopStream.live(handle) else { return }
    if count < 0 {
        stream.readingEnded(Int32(count))
    } else {
        stream.didRead(UnsafeRawBufferPointer(start: buffer?.pointee.base, count: count))
    }
}
