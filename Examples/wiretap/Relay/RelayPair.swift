import UVEventLoop

/// One client's connection, and the one to the server that carries its bytes on.
///
/// ```
///            the server accepts             one side ends
///  dialling ────────────────────▶ relaying ───────────────▶ ending ──▶ both closed
///     │       dial failed, client gone, stop                  ▲  the other side gets what it
///     └───────────────────────────────────────────────────────┘  is still owed, then the end
/// ```
final class RelayPair: LoopStreamDelegate {
    /// A side with this many unsent bytes is not read for: the sender must wait.
    private static let unsentBytesHigh = 1 << 20
    private static let unsentBytesLow = 1 << 18

    private enum Phase {
        case dialling
        case relaying
        case ending
    }

    private unowned let relay: Relay
    private let name: String
    private let client: LoopStream
    private var server: LoopStream?
    private var phase = Phase.dialling
    private var openEnds = 1
    /// The side that is reset as soon as it has been sent everything.
    private var resetWhenWritten: LoopStream?
    /// Directions of which the tap has missed bytes: it gets no more of them.
    private var missed: Set<Direction> = []
    /// Where the tap had no room when the connection came, it hears nothing of it.
    private let isTapped: Bool

    init(relay: Relay, client: LoopStream, name: String) {
        self.relay = relay
        self.client = client
        self.name = name
        isTapped = relay.feed.admitsConnection()
        client.delegate = self
    }

    func dial(_ address: SocketAddress, options: TCPOptions, on loop: EventLoop) {
        openEnds += 1
        client.pauseReading()
        server = LoopStream.connect(on: loop, to: address, options: options, delegate: self)
    }

    /// Cuts both sides.
    func stop() {
        report(.ended(.stopped))
        client.close()
        server?.close()
    }

    func streamDidConnect(_ stream: LoopStream) {
        guard phase == .dialling else { return }
        phase = .relaying
        if isTapped { relay.feed.send(.connected, on: name) }
        client.resumeReading()
    }

    func stream(_ stream: LoopStream, didRead bytes: [UInt8]) {
        guard phase == .relaying, let server else { return }
        let isFromClient = stream === client
        let receiver = isFromClient ? server : client
        receiver.write(bytes, token: 0)
        if receiver.unsentByteCount > Self.unsentBytesHigh { stream.pauseReading() }
        copy(bytes, isFromClient ? .toServer : .fromServer)
    }

    func stream(_ stream: LoopStream, didFinishWrite token: UInt64, handedOver: Bool) {
        if let waiting = resetWhenWritten, stream === waiting, stream.unsentByteCount == 0 {
            resetWhenWritten = nil
            return stream.closeWithReset()
        }
        guard phase == .relaying, stream.unsentByteCount < Self.unsentBytesLow else { return }
        if stream === client { server?.resumeReading() } else { client.resumeReading() }
    }

    func streamDidClose(_ stream: LoopStream, reason: StreamCloseReason) {
        openEnds -= 1
        if openEnds == 0 { relay.remove(self) }
        guard phase != .ending else { return }
        if stream === client { clientDidClose(reason) } else { serverDidClose(reason) }
    }

    private func clientDidClose(_ reason: StreamCloseReason) {
        if case .failed = reason {
            report(.ended(.resetByClient))
            resetAfterWrites(server)
        } else {
            report(.ended(.closedByClient))
            server?.closeAfterWrites()
        }
    }

    private func serverDidClose(_ reason: StreamCloseReason) {
        switch reason {
        case .failed(let error) where phase == .dialling:
            report(.connectFailed(error.message))
            // Not FIN: to a client that would be the answer of a server that is there.
            client.closeWithReset()
        case .failed:
            report(.ended(.resetByServer))
            resetAfterWrites(client)
        case .endOfStream, .closedLocally:
            report(.ended(.closedByServer))
            client.closeAfterWrites()
        }
    }

    /// A reset drops what is unsent: the other side has a right to it.
    private func resetAfterWrites(_ stream: LoopStream?) {
        guard let stream else { return }
        if stream.unsentByteCount == 0 { return stream.closeWithReset() }
        resetWhenWritten = stream
    }

    // MARK: The tap

    private func copy(_ bytes: [UInt8], _ direction: Direction) {
        guard isTapped, !missed.contains(direction) else { return }
        if relay.feed.hasRoom {
            relay.feed.send(.bytes(direction, bytes), on: name)
        } else {
            missed.insert(direction)
            relay.feed.send(.missed(direction, byteCount: bytes.count), on: name)
        }
    }

    /// The last thing the tap hears of this pair.
    private func report(_ occurrence: Occurrence) {
        guard phase != .ending else { return }
        phase = .ending
        if isTapped { relay.feed.send(occurrence, on: name) }
    }
}
