import Synchronization

/// Lets one line of a kind through in five seconds and counts the others.
final class LineLimiter: Sendable {
    private static let quiet = Duration.seconds(5)

    private let start = ContinuousClock.now
    /// In milliseconds since `start`; one thread asks, the atomics only make it visible to all.
    private let quietUntil = Atomic<Int64>(0)
    private let suppressed = Atomic<Int64>(0)

    /// The text to log now, with a word on those that were left out; nil: leave this one out too.
    func admit(_ text: String) -> String? {
        let now = (ContinuousClock.now - start).wholeMilliseconds
        guard now >= quietUntil.load(ordering: .relaxed) else {
            suppressed.add(1, ordering: .relaxed)
            return nil
        }
        quietUntil.store(now + Self.quiet.wholeMilliseconds, ordering: .relaxed)
        let count = suppressed.exchange(0, ordering: .relaxed)
        return count == 0 ? text : "\(text) (and \(count) like it before)"
    }
}
