import CommandLineOptions
import Glibc
import Theater
import TheaterTesting

/// Prints an actor's events as they come.
@main
enum TailEvents {
    static func main() async {
        let options = Options.table.parseProcessArgumentsOrExit()
        do {
            if options[Options.embedded] {
                try await tailEmbedded(options)
            } else if let actor = options[Options.actor] {
                let configuration = Configuration(endpoint: options[Options.address])
                try await withTheaterClient(configuration: configuration) { client in
                    try await Tail(client: client, limit: options[Options.count])
                        .run(client.events(of: actor))
                }
            } else {
                Options.table.exitWithUsageError(
                    UsageError(
                        reason: .conflictingOptions, description: "--actor ID is missing"))
            }
        } catch let error as TheaterError where error.code == .actorNotFound {
            print("-- the actor does not run any more")
        } catch {
            let text = "tail-events: \(error)\n"
            _ = write(STDERR_FILENO, text, text.utf8.count)
            exit(1)
        }
    }

    /// A stand-in with an actor that gets a message every tenth of a second, behind a proxy that cuts the
    /// connection every second.
    private static func tailEmbedded(_ options: ParsedOptions) async throws {
        let server = try await TestServer.start()
        let proxy = try await FaultProxy.start(to: "127.0.0.1", port: server.port)
        let direct = Configuration(endpoint: Endpoint(port: server.port))
        let cut = Configuration(endpoint: Endpoint(port: proxy.port))
        try await withTheaterClient(configuration: direct) { writer in
            try await withTheaterClient(configuration: cut) { reader in
                let (actor, events) = try await reader.startSubscribedActor(
                    manifest: "actors/prober.toml")
                print("-- started actor \(actor)")
                try await withThrowingTaskGroup { group in
                    group.addTask { try await keepBusy(actor, by: writer, cutting: proxy) }
                    group.addTask {
                        try await Tail(client: reader, limit: options[Options.count]).run(events)
                    }
                    // Whichever ends first ends the other.
                    _ = try await group.next()
                    group.cancelAll()
                }
            }
        }
        await proxy.close()
        await server.close()
    }

    private static func keepBusy(
        _ actor: ActorID, by client: TheaterClient, cutting proxy: FaultProxy
    ) async throws {
        var number = 0
        while !Task.isCancelled {
            number += 1
            _ = try? await client.request(Array("message \(number)".utf8), of: actor)
            if number.isMultiple(of: 10) { await proxy.cutConnections() }
            try? await Task.sleep(for: .milliseconds(100))
        }
    }
}
