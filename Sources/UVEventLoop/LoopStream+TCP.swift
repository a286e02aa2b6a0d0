import CUVShim

/// A connection being made: the addresses still to be tried.
struct Dial {
    /// A resolver that names more addresses than this is not believed.
    static let candidatesMax = 32

    var options: TCPOptions
    var port: UInt16 = 0
    var candidates: ArraySlice<cuv_address_t> = []
    var lastError = UVError(UV_EAI_NONAME)
    var resolving: UnsafeMutablePointer<uv_getaddrinfo_t>?
}

extension LoopStream {
    /// Starts resolving and connecting; success and failure both arrive at the delegate, never
    /// synchronously.
    ///
    /// Numeric addresses skip the resolver. The addresses of a name are tried in order, each
    /// within whatever time the kernel takes: a deadline is the caller's, and `close` its means.
    /// A connection to itself (an ephemeral port dialled from that very port) counts as
    /// ECONNREFUSED. A failure is reported as `streamDidClose(reason: .failed)`.
    package static func connect(
        on loop: EventLoop, to address: SocketAddress, options: TCPOptions = .init(),
        delegate: any LoopStreamDelegate
    ) -> LoopStream {
        let stream = LoopStream(on: loop, state: .resolving, delegate: delegate)
        stream.dial = Dial(options: options)
        do throws(UVError) {
            try stream.resolve(address)
        } catch {
            stream.fail(error)
        }
        return stream
    }

    private func resolve(_ address: SocketAddress) throws(UVError) {
        guard loop.core.acceptsHandles else { throw UVError(UV_ECANCELED) }
        guard case .host(let name, let port) = address, !name.utf8.contains(0) else {
            throw UVError(UV_EINVAL)
        }
        var numeric = cuv_address_t()
        if cuv_address_parse(name, port, &numeric) == 0 {
            dial?.candidates = [numeric]
            return connectToNextCandidate()
        }
        dial?.port = port
        try startResolver(name)
    }

    // MARK: Resolving

    /// The request outlives the stream's interest in it: a running look-up cannot be stopped.
    private func startResolver(_ name: String) throws(UVError) {
        let request = UnsafeMutablePointer<uv_getaddrinfo_t>.allocate(capacity: 1)
        let status = cuv_resolve(loop.core.uvLoop, request, name, onResolved)
        if status < 0 {
            request.deallocate()
            throw UVError(code: status)
        }
        uv_req_set_data(request.request, Unmanaged.passRetained(self).toOpaque())
        loop.core.counts.requests += 1
        dial?.resolving = request
    }

    /// Helps only while the look-up waits for a thread; otherwise its result is ignored.
    func cancelResolving() {
        if let request = dial?.resolving { uv_cancel(request.request) }
    }

    fileprivate func resolverEnded(_ status: Int32, _ first: UnsafeMutablePointer<addrinfo>?) {
        loop.core.counts.requests -= 1
        dial?.resolving = nil
        guard state == .resolving, let port = dial?.port else { return }
        if status < 0 { return fail(UVError(code: status)) }
        var next = first
        while let info = next, (dial?.candidates.count ?? 0) < Dial.candidatesMax {
            var address = cuv_address_t()
            if cuv_address_from_info(info, port, &address) == 0 {
                dial?.candidates.append(address)
            }
            next = info.pointee.ai_next
        }
        connectToNextCandidate()
    }

    // MARK: Connecting

    /// Tries addresses until one attempt is under way; without any left, the last error is the end.
    private func connectToNextCandidate() {
        state = .connecting
        while let address = dial?.candidates.popFirst() {
            do throws(UVError) {
                return try startAttempt(address)
            } catch {
                attemptFailed(error)
            }
        }
        fail(dial?.lastError ?? UVError(UV_ECONNREFUSED))
    }

    private func startAttempt(_ address: cuv_address_t) throws(UVError) {
        let tcp: UnsafeMutablePointer<uv_tcp_t>
        tcp = try loop.makeHandle { uv_tcp_init($0, $1) }
        own(tcp.base)
        medium = .handle(tcp.stream)
        var address = address
        let request = UnsafeMutablePointer<uv_connect_t>.allocate(capacity: 1)
        let status = cuv_tcp_connect(request, tcp, &address, onConnected)
        if status < 0 {
            request.deallocate()
            throw UVError(code: status)
        }
        loop.core.counts.requests += 1
    }

    /// A socket that failed to connect is of no more use; the next address gets a new one.
    private func attemptFailed(_ error: UVError) {
        dial?.lastError = error
        if case .handle(let handle) = medium { closeHandle(handle.base) }
        medium = .none
    }

    fileprivate func attemptEnded(_ status: Int32, _ tcp: UnsafeMutablePointer<uv_tcp_t>) {
        if status < 0 {
            attemptFailed(UVError(code: status))
            return connectToNextCandidate()
        }
        if isSelfConnected {
            // With RST: in TIME_WAIT it would keep a server from binding the port.
            if uv_tcp_close_reset(tcp, onHandleClosed) < 0 { closeHandle(tcp.base) }
            medium = .none
            dial?.lastError = UVError(UV_ECONNREFUSED)
            return connectToNextCandidate()
        }
        if let options = dial?.options { configure(tcp, options) }
        dial = nil
        reportRefusedWrites()
        guard state == .connecting else { return }
        state = .open
        delegate?.streamDidConnect(self)
        startReading()
    }

    var isSelfConnected: Bool {
        guard case .handle(let handle) = medium else { return false }
        return cuv_tcp_is_self_connected(handle.tcp) != 0
    }

    /// What the kernel says it does now; nil without a socket, or where it has no such mode.
    var acknowledgesQuickly: Bool? {
        guard case .handle(let handle) = medium else { return nil }
        let answer = cuv_tcp_acknowledges_quickly(handle.base)
        return answer < 0 ? nil : answer != 0
    }

    func configure(_ tcp: UnsafeMutablePointer<uv_tcp_t>, _ options: TCPOptions) {
        options.apply(to: tcp)
        quickAcknowledge = options.quickAcknowledge
    }
}

private func onResolved(
    _ request: UnsafeMutablePointer<uv_getaddrinfo_t>?, _ status: Int32,
    _ addresses: UnsafeMutablePointer<addrinfo>?
) {
    defer { uv_freeaddrinfo(addresses) }
    guard let request, let data = uv_req_get_data(request.request) else { return }
    request.deallocate()
    let stream = Unmanaged<LoopStream>.fromOpaque(data).takeRetainedValue()
    stream.resolverEnded(status, addresses)
}

private func onConnected(_ request: UnsafeMutablePointer<uv_connect_t>?, _ status: Int32) {
    guard let request else { return }
    let handle = request.pointee.handle
    request.deallocate()
    guard let handle else { return }
    LoopCore.of(handle.base)?.counts.requests -= 1
    // ECANCELED of a stream that gave up, or of an address it has left behind.
    guard let stream = LoopStream.live(handle), stream.state == .connecting else { return }
    stream.attemptEnded(status, handle.tcp)
}
