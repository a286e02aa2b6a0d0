import CommandLineOptions
import Glibc
import Theater
import TheaterTesting

/// A live table of a server's actors: names, status, events per second, and the state of the link.
@main
enum WatchActors {
    static func main() async {
        let options = Options.table.parseProcessArgumentsOrExit()
        let screen = Screen(interval: options[Options.interval], rounds: options[Options.rounds])
        do {
            if options[Options.embedded] {
                try await watchEmbedded(on: screen)
            } else {
                let configuration = Configuration(endpoint: options[Options.address])
                await withTheaterClient(configuration: configuration) { await screen.show($0) }
            }
        } catch {
            let text = "watch-actors: \(error)\n"
            _ = write(STDERR_FILENO, text, text.utf8.count)
            exit(1)
        }
    }

    /// Three actors, the first of which gets the most messages.
    private static func watchEmbedded(on screen: Screen) async throws {
        let server = try await TestServer.start()
        let configuration = Configuration(endpoint: Endpoint(port: server.port))
        try await withTheaterClient(configuration: configuration) { client in
            var actors: [ActorID] = []
            for name in ["anna", "bert", "cleo"] {
                let manifest = """
                    name = "\(name)"
                    version = "0.1.0"
                    component = "actors/prober.wasm"
                    """
                actors.append(try await client.startActor(manifest: manifest))
            }
            await withTaskGroup { group in
                for (index, actor) in actors.enumerated() {
                    group.addTask {
                        while !Task.isCancelled {
                            _ = try? await client.request([1], of: actor)
                            try? await Task.sleep(for: .milliseconds(50 * (1 << (2 * index))))
                        }
                    }
                }
                await screen.show(client)
                group.cancelAll()
            }
        }
        await server.close()
    }
}
