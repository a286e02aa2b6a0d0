import UVEventLoop

/// Hands copies of what passes to the tap, which lives on a thread of its own.
///
/// A slow terminal or a large message slows the tap, never the relay: when too much waits, bytes
/// are left out, and the tap is told so.
final class TapFeed: Sendable {
    /// Bytes that may wait for the tap.
    private static let waitingBytesMax = 64 << 20
    /// What one entry of the queue costs besides its bytes, about.
    private static let entryBytes = 256

    let clock = Clock()
    private let loop: EventLoop
    private let tap: Tap
    private let waitingByteCount = Locked(0)
    private let unseenConnections = Locked(0)

    init(tap: Tap, on loop: EventLoop) {
        self.tap = tap
        self.loop = loop
    }

    /// Whether the tap can take a copy now.
    var hasRoom: Bool { waitingByteCount.withLock { $0 < Self.waitingBytesMax } }

    /// Whether the tap follows a new connection; one that it does not is counted.
    func admitsConnection() -> Bool {
        if hasRoom { return true }
        unseenConnections.withLock { $0 += 1 }
        return false
    }

    /// What waits for the tap; it goes down as long as the tap gets anywhere.
    var waitingEntryBytes: Int { waitingByteCount.withLock { $0 } }

    /// Connections that passed without the tap.
    var unseenConnectionCount: Int { unseenConnections.withLock { $0 } }

    func send(_ occurrence: Occurrence, on connection: String) {
        let milliseconds = clock.milliseconds
        let cost = occurrence.byteCount + Self.entryBytes
        waitingByteCount.withLock { $0 += cost }
        loop.submit { [self] in
            tap.process(occurrence, on: connection, at: milliseconds)
            tap.flush()
            waitingByteCount.withLock { $0 -= cost }
        }
    }
}

extension Occurrence {
    fileprivate var byteCount: Int {
        if case .bytes(_, let bytes) = self { bytes.count } else { 0 }
    }
}
