import CUVShim

extension LoopStream {
    /// Tokens come back in `didFinishWrite`, in order.
    ///
    /// Before the connection stands, and once the stream has begun to close, the write is refused:
    /// its token comes back with `handedOver: false`. After `streamDidClose` nothing comes back.
    package func write(_ bytes: [UInt8], token: UInt64) {
        write([bytes], token: token)
    }

    /// Several buffers, one system call, one token.
    ///
    /// The bytes are copied into the request, which lives until its callback: no pointer into a
    /// Swift array ever leaves this call.
    package func write(_ buffers: [[UInt8]], token: UInt64) {
        guard state == .open else { return refuse(token) }
        guard let write = makeWrite(of: buffers, token: token) else {
            refuse(token)
            return fail(UVError(UV_ENOMEM))
        }
        switch medium {
        case .none:
            cuv_write_destroy(write)
            refuse(token)
        case .file(let file):
            file.write(write)
        case .handle(let handle):
            let status = cuv_write_start(write, handle, onWritten)
            guard status < 0 else {
                loop.core.counts.requests += 1
                return
            }
            cuv_write_destroy(write)
            refuse(token)
            fail(UVError(code: status))
        }
    }

    /// Bytes accepted by `write` that the kernel has not taken yet.
    package var unsentByteCount: Int {
        switch medium {
        case .none: 0
        case .handle(let handle): uv_stream_get_write_queue_size(handle)
        case .file(let file): file.unsentByteCount
        }
    }

    private func makeWrite(
        of buffers: [[UInt8]], token: UInt64
    ) -> UnsafeMutablePointer<cuv_write_t>? {
        let count = buffers.reduce(0) { $0 + $1.count }
        guard let write = cuv_write_create(count, token) else { return nil }
        guard var destination = UnsafeMutableRawPointer(cuv_write_bytes(write)) else { return nil }
        for buffer in buffers {
            buffer.withUnsafeBytes { bytes in
                guard let source = bytes.baseAddress else { return }
                destination.copyMemory(from: source, byteCount: bytes.count)
            }
            destination += buffer.count
        }
        return write
    }

    fileprivate func writeEnded(_ token: UInt64, status: Int32) {
        delegate?.stream(self, didFinishWrite: token, handedOver: status == 0)
        if status < 0 { writingFailed(UVError(code: status)) }
    }

    /// A peer that resets has often sent something first (its reason, say): that is still in the
    /// kernel, and is delivered before the end.
    private func writingFailed(_ error: UVError) {
        guard state == .open || state == .draining else { return }
        guard reads, !isReadingPaused, case .handle(let handle) = medium else {
            return fail(error)
        }
        noteCause(.failed(error))
        state = .broken
        let status = cuv_socket_shut_down(handle.base)
        // Not connected any more is fine: the reader comes to an end by itself.
        if status < 0, status != UV_ENOTCONN.rawValue { fail(error) }
    }

    func sendFIN(on handle: UnsafeMutablePointer<uv_stream_t>) {
        let request = UnsafeMutablePointer<uv_shutdown_t>.allocate(capacity: 1)
        let status = uv_shutdown(request, handle, onShutdown)
        guard status < 0 else {
            loop.core.counts.requests += 1
            return
        }
        request.deallocate()
        close()
    }
}

private func onWritten(_ request: UnsafeMutablePointer<uv_write_t>?, _ status: Int32) {
    guard let request, let write = cuv_write_of_request(request) else { return }
    let token = write.pointee.token
    let handle = request.pointee.handle
    cuv_write_destroy(write)
    guard let handle else { return }
    LoopCore.of(handle.base)?.counts.requests -= 1
    // Also on a closing stream: the completion of a write is owed, whatever it says.
    guard let stream = LoopResource.owner(of: handle.base) as? LoopStream else { return }
    stream.writeEnded(token, status: status)
}

private func onShutdown(_ request: UnsafeMutablePointer<uv_shutdown_t>?, _ status: Int32) {
    guard let request else { return }
    let handle = request.pointee.handle
    request.deallocate()
    guard let handle else { return }
    LoopCore.of(handle.base)?.counts.requests -= 1
    // A pipe cannot be half closed (ENOTSOCK); its writes are done, which is what counted.
    guard let stream = LoopStream.live(handle), stream.state == .draining else { return }
    stream.close()
}
