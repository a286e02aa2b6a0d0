import Glibc
import UVEventLoop

/// The connections being relayed.
///
/// Loop thread only, which is what the unchecked `Sendable` stands for.
final class Relay: @unchecked Sendable {
    let feed: TapFeed
    private let loop: EventLoop
    private let server: SocketAddress
    private var listener: Listener?
    private var pairs: [ObjectIdentifier: RelayPair] = [:]
    private var acceptedCount = 0
    private var signals: [LoopSignal] = []
    private var lastResort: LoopTimer?

    init(loop: EventLoop, server: SocketAddress, feed: TapFeed) {
        self.loop = loop
        self.server = server
        self.feed = feed
    }

    /// Listens on the loopback address: the protocol has no authentication.
    ///
    /// - Parameter port: 0 picks a free one.
    /// - Returns: The port it listens on.
    func listen(on port: UInt16) -> Result<UInt16, UVError> {
        do throws(UVError) {
            let listener = try Listener(
                on: loop, address: "127.0.0.1", port: port, options: Self.options
            ) { [weak self] client in self?.accept(client) }
            self.listener = listener
            return .success(listener.port)
        } catch {
            return .failure(error)
        }
    }

    /// Calls back at the first SIGINT or SIGTERM; a second one ends the process as ever.
    func watchSignals(_ done: @escaping @Sendable () -> Void) {
        signals = [SIGINT, SIGTERM].compactMap { number in
            try? LoopSignal(on: loop, signal: number) { [weak self] in
                self?.closeSignals()
                done()
            }
        }
        // Without them there is no clean end, but there is an end.
    }

    /// Cuts every connection and accepts no more.
    ///
    /// - Parameter patience: How long the tap may stand still before the process ends without it:
    ///   its output may be blocked for ever.
    func stop(patience: Duration) {
        listener?.close()
        for pair in pairs.values { pair.stop() }
        var before = feed.waitingEntryBytes
        lastResort = LoopTimer(on: loop) { [weak self] in
            guard let self else { return }
            let now = feed.waitingEntryBytes
            if now == before {
                complain("the output is blocked; what was still to be shown is lost")
                _exit(1)
            }
            before = now
            lastResort?.arm(after: patience)
        }
        lastResort?.arm(after: patience)
    }

    func remove(_ pair: RelayPair) {
        pairs[ObjectIdentifier(pair)] = nil
    }

    private func closeSignals() {
        for signal in signals { signal.close() }
        signals = []
    }

    private func accept(_ client: LoopStream) {
        acceptedCount += 1
        let pair = RelayPair(relay: self, client: client, name: "c\(acceptedCount)")
        pairs[ObjectIdentifier(pair)] = pair
        pair.dial(server, options: Self.options, on: loop)
    }

    /// Adds no delay of its own, and leaves giving up on a slow peer to the two ends.
    private static var options: TCPOptions {
        var options = TCPOptions()
        options.userTimeoutMilliseconds = nil
        return options
    }
}
