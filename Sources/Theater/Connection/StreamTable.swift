import TheaterStateMachine
import UVEventLoop

/// Streams by connection and back.
///
/// Loop thread only.
struct StreamTable {
    private var streams: [ConnectionID: LoopStream] = [:]
    private var connections: [ObjectIdentifier: ConnectionID] = [:]

    subscript(connection: ConnectionID) -> LoopStream? { streams[connection] }

    func connection(of stream: LoopStream) -> ConnectionID? {
        connections[ObjectIdentifier(stream)]
    }

    mutating func insert(_ stream: LoopStream, for connection: ConnectionID) {
        streams[connection] = stream
        connections[ObjectIdentifier(stream)] = connection
    }

    mutating func remove(_ stream: LoopStream) -> ConnectionID? {
        guard let connection = connections.removeValue(forKey: ObjectIdentifier(stream)) else {
            return nil
        }
        streams[connection] = nil
        return connection
    }
}
