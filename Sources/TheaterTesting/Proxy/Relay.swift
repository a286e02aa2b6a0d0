import UVEventLoop

/// The relay's connections.
///
/// Loop thread only, which is what the unchecked `Sendable` stands for.
final class Relay: @unchecked Sendable {
    private let loop: EventLoop
    private let server: SocketAddress
    private var listener: Listener?
    private var pairs: [ObjectIdentifier: RelayPair] = [:]
    var cutsBeforeNextReply = false

    init(loop: EventLoop, server: SocketAddress) {
        self.loop = loop
        self.server = server
    }

    func listen(on host: String, port: UInt16) -> Result<UInt16, UVError> {
        do throws(UVError) {
            let listener = try Listener(
                on: loop, address: host, port: port, options: .init()
            ) { [weak self] client in self?.accept(client) }
            self.listener = listener
            return .success(listener.port)
        } catch {
            return .failure(error)
        }
    }

    func stop(_ done: @escaping @Sendable () -> Void) {
        cutAll()
        guard let listener else { return done() }
        self.listener = nil
        listener.close(done)
    }

    func cutAll() {
        for pair in pairs.values { pair.cut() }
    }

    private func accept(_ client: LoopStream) {
        let pair = RelayPair(relay: self, client: client)
        pairs[ObjectIdentifier(pair)] = pair
        pair.dial(server, on: loop)
    }

    func remove(_ pair: RelayPair) {
        pairs[ObjectIdentifier(pair)] = nil
    }
}

/// One client's connection and the one to the server that carries its bytes on.
final class RelayPair: LoopStreamDelegate {
    private unowned let relay: Relay
    private let client: LoopStream
    private var server: LoopStream?
    private var openEnds = 1
    /// The client's second batch of bytes is its first request: the opening fence comes before.
    private var batchesFromClient = 0
    private var cutsAtNextReply = false

    init(relay: Relay, client: LoopStream) {
        self.relay = relay
        self.client = client
        client.delegate = self
    }

    func dial(_ address: SocketAddress, on loop: EventLoop) {
        openEnds += 1
        client.pauseReading()
        server = LoopStream.connect(on: loop, to: address, delegate: self)
    }

    func cut() {
        client.close()
        server?.close()
    }

    func streamDidConnect(_ stream: LoopStream) {
        client.resumeReading()
    }

    func stream(_ stream: LoopStream, didRead bytes: [UInt8]) {
        if stream === client {
            batchesFromClient += 1
            if batchesFromClient > 1, relay.cutsBeforeNextReply {
                relay.cutsBeforeNextReply = false
                cutsAtNextReply = true
            }
            server?.write(bytes, token: 0)
        } else if cutsAtNextReply {
            cut()
        } else {
            client.write(bytes, token: 0)
        }
    }

    func stream(_ stream: LoopStream, didFinishWrite token: UInt64, handedOver: Bool) {}

    /// One end is gone: the other follows, after what it is still owed.
    func streamDidClose(_ stream: LoopStream, reason: StreamCloseReason) {
        openEnds -= 1
        if stream === client { server?.close() } else { client.closeAfterWrites() }
        if openEnds == 0 { relay.remove(self) }
    }
}
