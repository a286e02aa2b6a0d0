extension TestServer {
    /// What has happened on a server so far.
    public struct Statistics: Sendable, Equatable {
        /// Connections accepted since the start, restarts included.
        public var connectionsAccepted = 0
        /// Connections the server has not seen the end of.
        ///
        /// A hung or blocked connection counts until it is cut: as in the real server, nobody
        /// reads its end of stream.
        public var connectionsOpen = 0
        /// Commands executed (not merely received), by wire name; fences (UnsubscribeFromActor)
        /// included.
        public var executions: [String: Int] = [:]
        /// How often each payload reached an actor by SendActorMessage, RequestActorMessage,
        /// OpenChannel or SendOnChannel, by the first 1,024 bytes of its text.
        public var deliveries: [String: Int] = [:]
        /// Messages that were no command of the server's era; they get no answer.
        public var unparseableMessages = 0

        /// Nothing has happened.
        public init() {}

        /// All commands executed.
        public var commandsExecuted: Int { executions.values.reduce(0, +) }

        mutating func countDelivery(of payload: [UInt8]) {
            deliveries[String(decoding: payload.prefix(1_024), as: UTF8.self), default: 0] += 1
        }
    }
}
