/// How long to wait between two dials of one series: exponential, jittered, capped.
///
/// With the defaults (resilience §3.1), before jitter:
///
/// | failures so far | 1      | 2   | 3   | 4   | 5   | 6   |
/// |-----------------|--------|-----|-----|-----|-----|-----|
/// | wait            | 500 ms | 1 s | 2 s | 4 s | 5 s | 5 s |
///
/// Jitter is additive, so the floors stay true and the waits stay strictly growing up to the cap.
package struct Backoff: Sendable, Hashable {
    /// The wait after the first failure.
    package var base = Duration.milliseconds(500)
    /// The longest wait, before jitter.
    package var cap = Duration.seconds(5)
    /// The largest share of the wait that is added at random.
    package var jitter = 0.25

    package init() {}

    package init(base: Duration, cap: Duration, jitter: Double) {
        self.base = base
        self.cap = cap
        self.jitter = jitter
    }

    /// The wait after `failures` failures in a row, without jitter.
    package func floor(afterFailures failures: Int) -> Duration {
        guard base > .zero else { return .zero }
        var floor = base
        // Stops at the cap, so that neither a long series nor a huge base overflows.
        for _ in 1..<max(failures, 1) {
            guard floor < cap else { break }
            floor = floor * 2
        }
        return min(floor, cap)
    }

    /// The wait after `failures` failures in a row, drawn anew for each failure.
    package func wait(
        afterFailures failures: Int, using generator: inout some RandomNumberGenerator
    ) -> Duration {
        let floor = floor(afterFailures: failures)
        guard jitter > 0 else { return floor }
        return floor + floor * Double.random(in: 0...jitter, using: &generator)
    }
}
