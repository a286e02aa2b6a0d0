import CommandLineOptions
import Glibc
import Theater
import TheaterTesting

/// Requests that outlive their connection, drawn as a timeline.
///
/// ```
///   this program ── TheaterClient ── FaultProxy ── Theater (embedded, or --address)
///                                       │
///                                       └─ cuts, stops and comes back
/// ```
@main
enum Quickstart {
    static func main() async {
        let options = Options.table.parseProcessArgumentsOrExit()
        do {
            let isTrue = try await run(
                address: options[Options.address], drops: options[Options.drops])
            exit(isTrue ? 0 : 1)
        } catch {
            let text = "quickstart: \(error)\n"
            _ = write(STDERR_FILENO, text, text.utf8.count)
            exit(1)
        }
    }

    /// - Returns: Whether every request was answered and every drop survived.
    private static func run(address: Endpoint?, drops: Int) async throws -> Bool {
        let timeline = Timeline()
        let server = address == nil ? try await TestServer.start() : nil
        let theater = address ?? Endpoint(port: server?.port ?? 0)
        let proxy = try await FaultProxy.start(to: theater.host, port: theater.port)
        timeline.note(
            server == nil ? "Theater at \(theater)" : "a stand-in Theater runs in this process")

        let configuration = Configuration(endpoint: Endpoint(port: proxy.port))
        let (tally, messageArrivedOnce) = try await withTheaterClient(
            configuration: configuration, observer: timeline
        ) { client in
            let story = Story(client: client, proxy: proxy, timeline: timeline)
            let tally = await story.tell(drops: drops)
            guard let server else { return (tally, true) }
            return (tally, try await story.tellOfAMessage(to: server))
        }
        timeline.finish()
        await proxy.close()
        await server?.close()

        let lost = tally.requests - tally.answered
        print(
            "\n\(tally.requests) requests, \(tally.answered) answered, \(lost) lost, "
                + "\(timeline.reconnections) reconnections")
        // One for each drop, and one for the time when the server was away.
        return lost == 0 && timeline.reconnections > drops && messageArrivedOnce
    }
}
