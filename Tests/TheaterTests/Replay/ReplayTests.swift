import Testing
import Theater

@Suite("The client against what real servers said")
struct ReplayTests {
    @Test("the recordings are there")
    func inventory() throws {
        let exchanges = try RecordedScenario.all.flatMap { try $0.exchanges() }
        let replayable = exchanges.filter(\.isReplayable)
        #expect(RecordedScenario.all.count == 50)
        #expect(replayable.count == 620)
        // The others have ids in other spellings, or `ListActors` as an object.
        #expect(replayable.count(where: \.isSpelledByClient) == 600)
        #expect(exchanges.count { $0.hasMethod && $0.outcome == .unknown } == 8)
        let others = Dictionary(grouping: exchanges.filter { !$0.hasMethod }, by: \.command.name)
        #expect(
            others.mapValues(\.count) == [
                // The client's own fences.
                "UnsubscribeFromActor": 116,
                // With `parent`.
                "StartActor": 20,
                // To `External`.
                "OpenChannel": 7,
                // Lost before its answer.
                "SubscribeToActor": 1,
                "UpdateActorComponent": 10,
                "UpdateActorPackage": 6,
            ])
    }

    @Test("recorded scenario", arguments: RecordedScenario.all)
    func recorded(scenario: RecordedScenario) async throws {
        let exchanges = try scenario.exchanges().filter(\.isReplayable)
        try await ReplayServer.run(era: scenario.era) { server, port in
            let configuration = configuration(of: scenario, port)
            try await withClient(configuration) { client in
                for exchange in exchanges {
                    for status in exchange.statuses {
                        if exchange.wantsNewClient {
                            try await withClient(configuration) {
                                await replay(exchange, status, from: server, to: $0)
                            }
                        } else {
                            await replay(exchange, status, from: server, to: client)
                        }
                    }
                }
            }
        }
    }

    private func configuration(of scenario: RecordedScenario, _ port: UInt16) -> Configuration {
        var configuration = Configuration(endpoint: Endpoint(port: port))
        configuration.wireFormat = .fixed(scenario.era.wireFormat)
        configuration.backoff.base = .milliseconds(1)
        configuration.backoff.cap = .milliseconds(1)
        configuration.streams.history = .showGaps
        configuration.seed = 7
        return configuration
    }

    private func replay(
        _ exchange: RecordedExchange, _ status: ActorStatus, from server: ReplayServer,
        to client: TheaterClient
    ) async {
        await server.begin(ReplayServer.Scene(exchange: exchange, status: status))
        var call = ReplayedCall(exchange, by: client)
        let (end, error) = await call.run()
        let scene = await server.currentScene()
        let what: Comment =
            "\(exchange.command), \(exchange.outcome), \(status); \(error?.description ?? "-")"
        #expect(scene?.count == exchange.expectedCount(status), what)
        #expect(scene?.surprises == [], what)
        #expect(end == exchange.expectedEnd(status), what)
        #expect(call.pushes == call.expectedPushes, what)
        // The end of a stream of messages is no word about a command.
        if let error, error.command != nil, exchange.isKnown,
            exchange.command.commandClass != .readOnly
        {
            #expect(error.mayHaveExecuted || scene?.count == 0, what)
        }
    }
}
