extension TheaterError {
    /// What went wrong.
    ///
    /// A bounded vocabulary, fit for a metric's label; it may grow.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code as text, as `not_connected`.
        public let description: String

        /// The link could not be had, or broke before the command was handed over.
        ///
        /// Safe to repeat.
        public static let notConnected = Code("not_connected")
        /// Handed over, link lost before the reply; not sent again because that might do it twice.
        public static let outcomeUnknown = Code("outcome_unknown")
        /// Not done by its deadline; see ``TheaterError/phase``.
        public static let timeout = Code("timeout")
        /// The calling task was cancelled.
        public static let cancelled = Code("cancelled")
        /// Theater answered with an error: ``TheaterError/serverError``.
        public static let serverError = Code("theater_error")
        /// The server has no such actor.
        public static let actorNotFound = Code("actor_not_found")
        /// The actor is listed but refuses: it has failed, or is not set up yet.
        public static let actorNotReadyOrFailed = Code("actor_not_ready_or_failed")
        /// The channel's connection is gone, and the channel with it.
        public static let channelClosed = Code("channel_closed")
        /// A server of this date does not know the command.
        public static let unsupportedByServer = Code("unsupported_by_server")
        /// The peer speaks, but not Theater's protocol.
        public static let protocolViolation = Code("protocol_violation")
        /// Too much is waiting for a connection already.
        public static let queueFull = Code("queue_full")
        /// The message exceeds what the wire can carry.
        public static let messageTooLarge = Code("message_too_large")
        /// The caller's value cannot be used.
        public static let invalidArgument = Code("invalid_argument")
        /// This machine ran out of something (descriptors, memory, ports); not the server's fault.
        public static let localResource = Code("local_resource")
        /// The client has been closed.
        public static let clientClosed = Code("client_closed")

        private init(_ description: String) {
            self.description = description
        }
    }
}
