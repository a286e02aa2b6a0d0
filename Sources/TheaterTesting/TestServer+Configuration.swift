public import TheaterProtocol

extension TestServer {
    /// What a server imitates, and where it listens.
    public struct Configuration: Sendable {
        /// Whose behavior is imitated; it decides the wire format too.
        public var era: ServerEra = .june2025
        /// A numeric address of this machine.
        public var host = "127.0.0.1"
        /// 0 picks a free one.
        public var port: UInt16 = 0
        /// The ids the server hands out follow from it.
        public var seed: UInt64 = 1
        /// How long each answer takes; the real server needs 0.5 s to start an actor and, in April
        /// 2025, 1 s to stop it.
        public var latency: Duration = .zero

        /// A server of an era on the loopback address.
        ///
        /// - Parameters:
        ///   - era: Whose behavior is imitated.
        ///   - port: 0 picks a free one.
        public init(era: ServerEra = .june2025, port: UInt16 = 0) {
            self.era = era
            self.port = port
        }
    }
}
