import Glibc
import Theater

/// Draws the table again and again, in place when standard output is a terminal.
struct Screen {
    let interval: Duration
    let rounds: Int?

    func show(_ client: TheaterClient) async {
        let counter = EventCounter()
        await withDiscardingTaskGroup { group in
            var watched: Set<ActorID> = []
            var actors: [ActorSummary] = []
            var statuses: [ActorID: ActorStatus] = [:]
            var round = 0
            while !Task.isCancelled {
                round += 1
                var failure: TheaterError?
                do throws(TheaterError) {
                    let options = RequestOptions(timeout: max(interval, .seconds(1)))
                    actors = try await client.listActors(options: options)
                    statuses = [:]
                    for actor in actors {
                        statuses[actor.id] = try await client.status(
                            of: actor.id, options: options)
                    }
                } catch {
                    failure = error
                }
                for actor in actors where watched.insert(actor.id).inserted {
                    group.addTask { await counter.count(actor.id, of: client) }
                }
                watched.formIntersection(actors.map(\.id))
                draw(actors, statuses, counter.take(), client, failure)
                if let rounds, round >= rounds { break }
                try? await Task.sleep(for: interval)
            }
            group.cancelAll()
        }
    }

    private func draw(
        _ actors: [ActorSummary], _ statuses: [ActorID: ActorStatus], _ events: [ActorID: Int],
        _ client: TheaterClient, _ failure: TheaterError?
    ) {
        let home = isatty(STDOUT_FILENO) == 1 ? "\u{1B}[H\u{1B}[2J" : ""
        let statistics = client.statistics
        var lines = [
            "\(home)Theater at \(client.configuration.endpoint): \(client.state), "
                + "\(statistics.connections) connections, \(statistics.reconnections) reconnections"
        ]
        if let failure { lines.append("\(failure.reason); the table is as it was") }
        lines.append(row("ACTOR", "NAME", "STATUS", "EVENTS/S"))
        for actor in actors.sorted(by: { ($0.name ?? "", "\($0.id)") < ($1.name ?? "", "\($1.id)") }
        ) {
            let perSecond = Double(events[actor.id] ?? 0) / (interval / .seconds(1))
            let rate = "\((perSecond * 10).rounded() / 10)"
            lines.append(
                row("\(actor.id)", actor.name ?? "-", statuses[actor.id]?.name ?? "?", rate))
        }
        if actors.isEmpty { lines.append("no actors") }
        print(lines.joined(separator: "\n") + "\n")
        fflush(nil)
    }

    private func row(
        _ id: String, _ name: String, _ status: String, _ events: String
    ) -> String {
        id.padded(to: 38) + name.padded(to: 20) + status.padded(to: 10) + events
    }
}

extension String {
    /// Left-aligned, with at least one space behind it.
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(1, width - count))
    }
}
