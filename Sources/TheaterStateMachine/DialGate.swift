/// Decides when the next dial may start.
///
/// One gate serves all lanes of an endpoint.
///
/// ```
///            dialFailed                         dialFailed
///   open ─────────────────▶ waiting until T ───────────────▶ waiting until T' > T …
///    ▲  ▲                        │  │ T passes: the next request that wants a dial gets it
///    │  └────────────────────────┘  │
///    └──────────────────────────────┘ proved, or quiet for twice the last wait
/// ```
///
/// Ordinary traffic never shortens a wait, and a bare TCP connection never resets the series: an
/// endpoint that accepts and closes would otherwise be dialled in a storm.
package struct DialGate: Sendable {
    private let settings: Settings
    /// Failures of the current series.
    package private(set) var failures = 0
    /// Nil, or the instant before which no dial may start.
    package private(set) var nextDialAt: MonotonicInstant?
    private var lastWait = Duration.zero
    private var isWanted = false
    private var lastWantedAt: MonotonicInstant?
    private var lastImmediateRedialAt: MonotonicInstant?
    private var lastLossAt: MonotonicInstant?
    private var lastTroubleAt: MonotonicInstant?

    package init(settings: Settings) {
        self.settings = settings
    }

    /// Whether somebody waits for a dial now.
    package enum Demand {
        case some
        case none
    }

    /// Told after every batch of inputs; a first wish after a long quiet starts a fresh series.
    package mutating func update(_ demand: Demand, at now: MonotonicInstant) {
        if demand == .some, !isWanted, let lastWantedAt,
            now - lastWantedAt >= max(settings.quietResetMinimum, lastWait * 2)
        {
            startAnew()
        }
        if demand == .some || isWanted { lastWantedAt = now }
        isWanted = demand == .some
    }

    package func mayDial(at now: MonotonicInstant) -> Bool {
        guard let nextDialAt else { return true }
        return nextDialAt <= now
    }

    /// Returns the wait before the next dial, counted from the failure.
    ///
    /// Dials that run side by side have the same number in the series, and fail as one.
    package mutating func dialFailed(
        attempt: Int, at now: MonotonicInstant, using generator: inout some RandomNumberGenerator
    ) -> Duration {
        if isNews(attempt) {
            failures += 1
            lastWait = settings.backoff.wait(afterFailures: failures, using: &generator)
        }
        nextDialAt = now + lastWait
        lastWantedAt = now
        lastTroubleAt = now
        return lastWait
    }

    /// False when another dial has failed since this one began.
    package func isNews(_ attempt: Int) -> Bool { attempt > failures }

    /// What the loss of a connection says about the endpoint.
    package enum Loss {
        /// The endpoint had proved itself, or the loss has a cause of its own: redial at once.
        case excused
        case unexcused
    }

    /// A verified connection, up since then, has ended.
    ///
    /// An excused loss is redialled at once, but only once in a while, and no wait that has begun
    /// is cut short by it. Connections that stood side by side fall together: the first loss
    /// speaks for all of them.
    package mutating func connectionLost(
        _ loss: Loss, upSince since: MonotonicInstant, at now: MonotonicInstant,
        using generator: inout some RandomNumberGenerator
    ) {
        if let lastLossAt, since < lastLossAt { return }
        lastLossAt = now
        // Staying up is proof from that instant on, not from the moment the loss is noticed.
        let provedAt = since + settings.stableAfter
        if provedAt <= now, lastTroubleAt.map({ $0 < provedAt }) ?? true { startAnew() }
        let isRecent =
            lastImmediateRedialAt.map { now - $0 < settings.immediateRedialInterval } ?? false
        if loss == .excused, !isRecent {
            lastImmediateRedialAt = now
        } else {
            _ = dialFailed(attempt: failures + 1, at: now, using: &generator)
        }
    }

    /// A reply that needed the server's runtime, or a connection that stayed up: the series ends.
    package mutating func proved() {
        startAnew()
    }

    private mutating func startAnew() {
        failures = 0
        nextDialAt = nil
        lastWait = .zero
    }
}
