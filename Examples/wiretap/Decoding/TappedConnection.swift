import TheaterProtocol

/// One direction of a connection.
final class TappedStream {
    /// How far the bytes can be followed.
    ///
    /// ```
    ///            a length no peer accepts
    ///  framed ─────────────────────────────▶ unframed
    ///     │ bytes missed, or too many held      │
    ///     └───────────────────┬─────────────────┘
    ///                         ▼
    ///                     abandoned
    /// ```
    enum Following {
        case framed
        /// Where frames begin is unknown: bytes can be recorded, and no more.
        case unframed
        /// There is a hole in the bytes: nothing behind it means anything.
        case abandoned
    }

    let direction: Direction
    var reader: FrameReader
    var following = Following.framed

    init(_ direction: Direction, wire: WireFormat?) {
        self.direction = direction
        reader = FrameReader(direction, wire: wire)
    }
}

/// What is known of one connection.
final class TappedConnection {
    let name: String
    /// The wire format of its newest frame.
    var spoken: WireFormat?
    var order = EventOrder()
    private let toServer: TappedStream
    private let fromServer: TappedStream

    init(name: String, wire: WireFormat?) {
        self.name = name
        toServer = TappedStream(.toServer, wire: wire)
        fromServer = TappedStream(.fromServer, wire: wire)
    }

    subscript(direction: Direction) -> TappedStream {
        switch direction {
        case .toServer: toServer
        case .fromServer: fromServer
        }
    }

    var bufferedByteCount: Int {
        toServer.reader.bufferedByteCount + fromServer.reader.bufferedByteCount
    }
}
