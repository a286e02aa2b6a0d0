import CUVShim

/// Accepts TCP connections; loop thread only.
package final class Listener: LoopResource {
    /// Connections the kernel completes before they are accepted.
    private static let backlog: Int32 = 511

    /// The port it listens on, also when port 0 was asked for.
    package let port: UInt16

    private let handle: UnsafeMutablePointer<uv_tcp_t>
    private let options: TCPOptions
    private var onAccept: ((LoopStream) -> Void)?
    private var whenClosed: [() -> Void] = []
    private var isClosed = false

    /// Port 0 picks one; `address` is numeric.
    ///
    /// `onAccept` gets a connected stream and sets its delegate before it returns: reading begins
    /// afterwards. A stream left without a delegate is closed.
    package init(
        on loop: EventLoop, address: String, port: UInt16, options: TCPOptions,
        onAccept: @escaping (LoopStream) -> Void
    ) throws(UVError) {
        let handle: UnsafeMutablePointer<uv_tcp_t>
        handle = try loop.makeHandle { uv_tcp_init($0, $1) }
        do throws(UVError) {
            self.port = try Self.listen(handle, address, port)
        } catch {
            closeHandle(handle.base)
            throw error
        }
        self.handle = handle
        self.options = options
        self.onAccept = onAccept
        super.init(on: loop)
        own(handle.base)
    }

    private static func listen(
        _ handle: UnsafeMutablePointer<uv_tcp_t>, _ address: String, _ port: UInt16
    ) throws(UVError) -> UInt16 {
        guard !address.utf8.contains(0) else { throw UVError(UV_EINVAL) }
        var numeric = cuv_address_t()
        try UVError.check(cuv_address_parse(address, port, &numeric))
        try UVError.check(cuv_tcp_bind(handle, &numeric))
        try UVError.check(uv_listen(handle.stream, Self.backlog, onConnection))
        return UInt16(clamping: try UVError.check(cuv_tcp_local_port(handle)))
    }

    package override func close() {
        close(nil)
    }

    /// Stops accepting; idempotent.
    ///
    /// Streams accepted before live on. `done` runs when the port is free again.
    package func close(_ done: (() -> Void)?) {
        if let done {
            if isClosed { return loop.core.later(done) }
            whenClosed.append(done)
        }
        guard onAccept != nil else { return }
        onAccept = nil
        closeHandle(handle.base)
    }

    override func handleDidClose(_ handle: UnsafeMutablePointer<uv_handle_t>) {
        isClosed = true
        retire()
        let calls = whenClosed
        whenClosed = []
        for call in calls { call() }
    }

    /// An error (descriptors run out, the peer already gone) concerns one connection: libuv has
    /// dropped it, and the next may do better.
    fileprivate func connectionArrived(_ status: Int32) {
        guard status == 0, let onAccept, let stream = accept() else { return }
        onAccept(stream)
        if stream.delegate == nil { stream.close() }
        stream.startReading()
    }

    private func accept() -> LoopStream? {
        let tcp: UnsafeMutablePointer<uv_tcp_t>? = try? loop.makeHandle { uv_tcp_init($0, $1) }
        guard let tcp else { return nil }
        guard uv_accept(handle.stream, tcp.stream) == 0 else {
            closeHandle(tcp.base)
            return nil
        }
        let stream = LoopStream(on: loop, state: .open, delegate: nil)
        stream.own(tcp.base)
        stream.medium = .handle(tcp.stream)
        stream.configure(tcp, options)
        return stream
    }
}

private func onConnection(_ handle: UnsafeMutablePointer<uv_stream_t>?, _ status: Int32) {
    guard let handle, let listener = LoopResource.owner(of: handle.base) as? Listener else {
        return
    }
    listener.connectionArrived(status)
}
