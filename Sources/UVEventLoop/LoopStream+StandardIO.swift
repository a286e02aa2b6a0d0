import CUVShim

extension LoopStream {
    /// A descriptor to read from, standard input unless another is named: pipe, terminal, socket
    /// or file (/dev/null is a file).
    ///
    /// Reading starts at once; nothing arrives before this returns. Closing the stream closes the
    /// descriptor, except 0, 1 and 2.
    package static func standardInput(
        on loop: EventLoop, descriptor: Int32 = 0, delegate: any LoopStreamDelegate
    ) throws(UVError) -> LoopStream {
        let stream = try open(descriptor, on: loop, reads: true, delegate: delegate)
        stream.startReading()
        return stream
    }

    /// A descriptor to write to: pipe, terminal, socket or file.
    ///
    /// Nothing is read from it. Closing the stream closes the descriptor, except 0, 1 and 2.
    package static func standardOutput(
        on loop: EventLoop, descriptor: Int32 = 1, delegate: any LoopStreamDelegate
    ) throws(UVError) -> LoopStream {
        try open(descriptor, on: loop, reads: false, delegate: delegate)
    }

    private static func open(
        _ descriptor: Int32, on loop: EventLoop, reads: Bool, delegate: any LoopStreamDelegate
    ) throws(UVError) -> LoopStream {
        let flags = try UVError.check(cuv_status_flags(descriptor))
        let handle: UnsafeMutablePointer<uv_stream_t>?
        switch uv_guess_handle(descriptor) {
        case UV_NAMED_PIPE: handle = try openPipe(descriptor, on: loop)
        case UV_TTY: handle = try openTerminal(descriptor, on: loop, reads: reads)
        case UV_TCP: handle = try openSocket(descriptor, on: loop)
        case UV_FILE: handle = nil
        default: throw UVError(UV_EINVAL)
        }
        guard loop.core.acceptsHandles else { throw UVError(UV_ECANCELED) }
        let stream = LoopStream(on: loop, state: .open, delegate: delegate)
        stream.reads = reads
        if let handle {
            stream.own(handle.base)
            stream.medium = .handle(handle)
            // libuv has set O_NONBLOCK, which whoever shares the descriptor does not expect.
            if descriptor <= 2 { stream.savedStatusFlags = (descriptor, flags) }
        } else {
            stream.medium = .file(FileChannel(descriptor, of: stream))
        }
        return stream
    }

    private static func openPipe(
        _ descriptor: Int32, on loop: EventLoop
    ) throws(UVError) -> UnsafeMutablePointer<uv_stream_t> {
        let pipe: UnsafeMutablePointer<uv_pipe_t>
        pipe = try loop.makeHandle { uv_pipe_init($0, $1, 0) }
        return try kept(pipe.stream, uv_pipe_open(pipe, descriptor))
    }

    private static func openSocket(
        _ descriptor: Int32, on loop: EventLoop
    ) throws(UVError) -> UnsafeMutablePointer<uv_stream_t> {
        let tcp: UnsafeMutablePointer<uv_tcp_t>
        tcp = try loop.makeHandle { uv_tcp_init($0, $1) }
        return try kept(tcp.stream, uv_tcp_open(tcp, descriptor))
    }

    private static func openTerminal(
        _ descriptor: Int32, on loop: EventLoop, reads: Bool
    ) throws(UVError) -> UnsafeMutablePointer<uv_stream_t> {
        let terminal: UnsafeMutablePointer<uv_tty_t>
        terminal = try loop.makeHandle { uv_tty_init($0, $1, descriptor, reads ? 1 : 0) }
        return terminal.stream
    }

    /// The handle, or its end when it could not be opened.
    private static func kept(
        _ handle: UnsafeMutablePointer<uv_stream_t>, _ status: Int32
    ) throws(UVError) -> UnsafeMutablePointer<uv_stream_t> {
        if status < 0 {
            closeHandle(handle.base)
            throw UVError(code: status)
        }
        return handle
    }
}
