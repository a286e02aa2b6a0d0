/// Something that happens on a connection, live or in a recording.
enum Occurrence: Sendable {
    /// The server has accepted.
    case connected
    /// The server could not be reached.
    case connectFailed(String)
    /// Bytes as they were read, in any chunking.
    case bytes(Direction, [UInt8])
    /// So many bytes were forwarded without a copy for the decoder.
    case missed(Direction, byteCount: Int)
    case ended(Ending)

    /// Who ended a connection, and how.
    enum Ending: Sendable {
        case closedByClient
        case resetByClient
        case closedByServer
        case resetByServer
        /// The relay itself was told to stop.
        case stopped
    }
}

extension Occurrence.Ending {
    /// For the transcript.
    var text: String {
        switch self {
        case .closedByClient: "closed by the client"
        case .resetByClient: "reset by the client"
        case .closedByServer: "closed by the server (EOF)"
        case .resetByServer: "reset by the server"
        case .stopped: "cut, because wiretap ends"
        }
    }
}
