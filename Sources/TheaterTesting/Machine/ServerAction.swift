package import TheaterProtocol

/// One connection of a server; numbers never recur.
package struct ConnectionID: Hashable, Sendable {
    package let number: Int

    package init(number: Int) {
        self.number = number
    }
}

/// What the machine asks its runner to do, in this order.
package enum ServerAction: Sendable, Equatable {
    /// Encodes a message and writes it, by itself: the real server never joins two answers.
    case send(ServerMessage, on: ConnectionID, Delivery)
    /// Writes bytes as they are.
    case sendBytes([UInt8], on: ConnectionID)
    /// Leaves what the peer sends unread, until `resumeReading` if that ever comes.
    case stopReading(ConnectionID)
    /// Hands in the messages that waited, then reads on.
    case resumeReading(ConnectionID)
    /// Ends the connection when everything before it is written; the machine has forgotten it.
    case cut(ConnectionID, Fault.Cut)
}

/// How much of an encoded message is written, and in how many writes.
package enum Delivery: Sendable, Hashable {
    case whole
    /// Pieces of so many bytes (at least 1).
    case pieces(of: Int)
    /// Only so many bytes from the start.
    case first(Int)
}
