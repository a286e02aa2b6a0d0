import Synchronization
public import Theater

/// Turns what the client does into log lines: one when an outage begins, few during it, one at
/// its end.
public final class OutageLogger: ClientObserver {
    private let log: Log
    private let lost = LineLimiter()
    private let failedDials = LineLimiter()
    /// The end of an outage is worth a line when its beginning was.
    private let hasLoggedOutage = Atomic<Bool>(false)

    /// Reports to `log`.
    public init(log: Log) {
        self.log = log
    }

    /// Logs what is worth a line.
    ///
    /// Called on the client's loop; writes one line at most.
    public func observe(_ event: ClientEvent) {
        switch event {
        case .connectionLost(let failure):
            logOutage(lost.admit("connection lost: \(failure)"))
        case .dialFailed(let attempt, let failure, let next):
            logOutage(
                failedDials.admit(
                    "attempt \(attempt) to connect failed: \(failure); "
                        + "the next one is due in \(next.secondsText)"))
        case .recovered(let downtime, let dials):
            guard hasLoggedOutage.exchange(false, ordering: .relaxed) else { return }
            let count = dials == 1 ? "1 dial" : "\(dials) dials"
            log.warning("connected again after \(downtime.secondsText) and \(count)")
        case .stateChanged(let state):
            log.debug("state: \(state)")
        case .dialStarted(let attempt):
            log.debug("dialling, attempt \(attempt)")
        case .requestSentAgain(let command, let attempt):
            log.info("\(command) is sent again, attempt \(attempt)")
        case .unknownMessage(let variant):
            log.info("Theater sent a message this client does not know: \(variant)")
        }
    }

    private func logOutage(_ text: String?) {
        guard let text else { return }
        hasLoggedOutage.store(true, ordering: .relaxed)
        log.warning(text)
    }
}
