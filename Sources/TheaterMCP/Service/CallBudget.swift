import Theater

/// The time that one tool call or resource read may take, whatever it asks of Theater.
struct CallBudget: Sendable {
    private let deadline: ContinuousClock.Instant
    private let requestTimeout: Duration

    /// - Parameters:
    ///   - total: Hosts give up after 60 s; the answer has to be there before.
    ///   - requestTimeout: The longest that one request to Theater may take.
    init(total: Duration, requestTimeout: Duration) {
        deadline = .now + total
        self.requestTimeout = requestTimeout
    }

    /// Options for the next request: never beyond the end of the budget.
    func options(timeout: Duration? = nil) -> RequestOptions {
        let remaining = deadline - .now
        let timeout = min(timeout ?? requestTimeout, remaining)
        return RequestOptions(timeout: max(timeout, .milliseconds(1)))
    }
}
