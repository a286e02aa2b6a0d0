import Synchronization
import Theater

/// Counts the events of each actor, by a subscription to each.
final class EventCounter: Sendable {
    private let counts = Mutex<[ActorID: Int]>([:])

    /// The events since the last time, and zero for those without any.
    func take() -> [ActorID: Int] {
        counts.withLock { counts in
            defer { counts = counts.mapValues { _ in 0 } }
            return counts
        }
    }

    /// Counts until the actor ends or the task is cancelled.
    func count(_ actor: ActorID, of client: TheaterClient) async {
        counts.withLock { $0[actor] = 0 }
        do throws(TheaterError) {
            for try await element in client.events(of: actor) {
                guard case .event = element else { continue }
                counts.withLock { $0[actor, default: 0] += 1 }
            }
        } catch {
            // The table shows that it does not run any more.
        }
        counts.withLock { $0[actor] = nil }
    }
}
