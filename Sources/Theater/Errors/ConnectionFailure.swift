internal import TheaterStateMachine

/// Why a link could not be made, or ended.
public struct ConnectionFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure, from a set that may grow.
    public struct Kind: Sendable, Hashable, CustomStringConvertible {
        /// The kind as text.
        public let description: String

        /// The system refused or broke the connection.
        public static let transport = Kind(description: "transport")
        /// This machine ran out of something.
        public static let localResource = Kind(description: "local_resource")
        /// No connection within the connect timeout.
        public static let connectTimedOut = Kind(description: "connect_timed_out")
        /// The peer accepted, but did not answer the opening fence.
        public static let notVerified = Kind(description: "not_verified")
        /// The peer closed the connection.
        public static let closedByPeer = Kind(description: "closed_by_peer")
        /// The peer does not answer any more.
        public static let unresponsive = Kind(description: "unresponsive")
        /// What the peer sends cannot be read, or answers nothing.
        public static let protocolViolation = Kind(description: "protocol_violation")
        /// This client closed it.
        public static let closedByClient = Kind(description: "closed_by_client")
    }

    /// The kind of failure.
    public let kind: Kind
    /// In words, without the address: "connection refused".
    public let description: String
}

extension ConnectionFailure {
    init(_ failure: LinkFailure) {
        let (kind, description): (Kind, String) =
            switch failure {
            case .transport(let text): (.transport, text)
            case .localResource(let text): (.localResource, text)
            case .connectTimedOut: (.connectTimedOut, "connecting timed out")
            case .noEcho:
                (.notVerified, "the server accepted the connection but did not answer")
            case .closedByPeer: (.closedByPeer, "the server closed the connection")
            case .closedBeforeEcho:
                (.notVerified, "the server closed the connection before it answered anything")
            case .heartbeatMissed: (.unresponsive, "the server did not answer a heartbeat")
            case .unresponsive: (.unresponsive, "the server does not answer any more")
            case .protocolViolation(let text): (.protocolViolation, text)
            case .outOfStep(let text):
                (.protocolViolation, "the server's replies are out of step: \(text)")
            case .closedByClient: (.closedByClient, "the client closed the connection")
            }
        self.init(kind: kind, description: description)
    }
}
