import Testing
import TheaterProtocol
import TheaterStateMachine

@Suite("Backoff")
struct BackoffTests {
    @Test("waits stay between their floor and a quarter more", arguments: 1...200 as ClosedRange)
    func range(failures: Int) {
        let backoff = Backoff()
        var generator = SeededGenerator(seed: UInt64(failures))
        let floor = min(.seconds(5), .milliseconds(500) * (1 << min(failures - 1, 4)))
        #expect(backoff.floor(afterFailures: failures) == floor)
        let wait = backoff.wait(afterFailures: failures, using: &generator)
        #expect(floor <= wait && wait <= floor * 1.25)
    }

    @Test("no setting and no series is too long")
    func extremes() {
        let longest = Duration.seconds(Int64.max)
        var generator = SeededGenerator(seed: 1)
        for base in [Duration.zero, .nanoseconds(1), .seconds(5), longest] {
            let backoff = Backoff(base: base, cap: longest, jitter: 1)
            for failures in [0, 1, 2, 100, .max] {
                let wait = backoff.wait(afterFailures: failures, using: &generator)
                #expect(wait >= base && wait <= longest * 2)
            }
        }
    }
}
