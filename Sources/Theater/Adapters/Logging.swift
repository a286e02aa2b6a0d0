#if LoggingSupport
    public import Logging

    /// Reports what a client does to swift-log.
    ///
    /// Behind the package trait `LoggingSupport`.
    ///
    /// Messages are constant, everything that varies is metadata. An outage makes one line at info when
    /// it begins and one when it ends; the rest is at debug.
    public struct LoggingObserver: ClientObserver {
        private let logger: Logger

        /// - Parameter logger: Where the lines go.
        public init(logger: Logger) {
            self.logger = logger
        }

        /// Writes one line for the event.
        public func observe(_ event: ClientEvent) {
            switch event {
            case .stateChanged(let state):
                logger.debug("Connection state changed", metadata: ["state": "\(state)"])
            case .dialStarted(let attempt):
                logger.debug("Dialling", metadata: ["attempt": "\(attempt)"])
            case .dialFailed(let attempt, let failure, let wait):
                logger.log(
                    level: attempt == 1 ? .info : .debug, "Dial failed",
                    metadata: [
                        "attempt": "\(attempt)", "reason": "\(failure)", "next_dial_in": "\(wait)",
                    ])
            case .connectionLost(let failure):
                logger.info("Connection lost", metadata: ["reason": "\(failure)"])
            case .recovered(let downtime, let dials):
                logger.info(
                    "Connection recovered",
                    metadata: ["downtime": "\(downtime)", "dials": "\(dials)"])
            case .requestSentAgain(let command, let attempt):
                logger.debug(
                    "Request sent again",
                    metadata: ["command": "\(command)", "attempt": "\(attempt)"])
            case .unknownMessage(let variant):
                logger.debug("Unknown message", metadata: ["variant": "\(variant)"])
            }
        }
    }
#endif
