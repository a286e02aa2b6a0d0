import Testing
import TheaterTesting

@testable import Theater

@Suite("Event streams")
struct EventStreamTests {
    /// The first `count` elements of a new iteration.
    private func take(
        _ count: Int, of events: ActorEvents
    ) async throws -> [ActorEvents.Element] {
        var elements: [ActorEvents.Element] = []
        for try await element in events {
            elements.append(element)
            if elements.count == count { break }
        }
        return elements
    }

    /// Until a subscription has been proved by the list behind it.
    private func untilRegistered(_ server: TestServer) async {
        await server.waitUntil {
            $0.executions["SubscribeToActor"] == 1 && $0.executions["ListActors"] == 1
        }
    }

    private func isUnbroken(_ elements: [ActorEvents.Element]) -> Bool {
        var last: [UInt8]?
        for element in elements {
            guard case .event(let event) = element, last == nil || event.parentHash == last else {
                return false
            }
            last = event.hash
        }
        return true
    }

    @Test("events arrive in the order of the chain", arguments: [ServerEra.april2025, .june2025])
    func inOrder(era: ServerEra) async throws {
        try await withServerAndClient(era: era) { server, client in
            let actor = try await client.startActor(manifest: "actors/prober.toml")
            async let elements = take(31, of: client.events(of: actor))
            await untilRegistered(server)
            for number in 0..<20 { _ = try await client.request(bytes("\(number)"), of: actor) }
            #expect(try await elements.count == 31)
            #expect(isUnbroken(try await elements))
        }
    }

    @Test("a lost connection leaves no gap where the server has a history")
    func acrossALoss() async throws {
        try await withServerAndClient { server, client in
            let actor = try await client.startActor(manifest: "actors/prober.toml")
            async let elements = take(12, of: client.events(of: actor))
            await untilRegistered(server)
            _ = try await client.request(bytes("before"), of: actor)
            await server.dropConnections()
            for _ in 0..<6 { _ = try await client.request(bytes("after"), of: actor) }
            #expect(isUnbroken(try await elements))
            guard case .event(let first) = try await elements[0] else { return }
            let history = try await client.eventHistory(of: actor)
            let start = try #require(history.firstIndex { $0.hash == first.hash })
            #expect(try await elements == history[start..<start + 12].map { .event($0) })
        }
    }

    @Test("an actor that does not run has no events")
    func noActor() async throws {
        try await withServerAndClient { _, client in
            let nobody = try #require(ActorID("550e8400-e29b-41d4-a716-446655440000"))
            var events = client.events(of: nobody).makeAsyncIterator()
            do throws(TheaterError) {
                _ = try await events.next(isolation: nil)
                Issue.record("no error")
            } catch {
                #expect(error.code == .actorNotFound)
            }
        }
    }

    @Test("a subscribing start brings the first event of the chain")
    func fromBirth() async throws {
        try await withServerAndClient { server, client in
            let (actor, stream) = try await client.startSubscribedActor(
                manifest: "actors/prober.toml")
            _ = try await client.request(bytes("x"), of: actor)
            let history = try await client.eventHistory(of: actor)
            let elements = try await take(history.count, of: stream)
            #expect(elements == history.map { .event($0) })
        }
    }

    @Test("a slow consumer is told how many events it missed")
    func slowConsumer() async throws {
        try await TestServer.withServer { server in
            var configuration = Configuration(endpoint: Endpoint(port: server.port))
            configuration.streams.bufferedElements = 5
            try await withClient(configuration) { client in
                let (actor, stream) = try await client.startSubscribedActor(
                    manifest: "actors/prober.toml")
                for _ in 0..<20 { _ = try await client.request(bytes("x"), of: actor) }
                var events = stream.makeAsyncIterator()
                let first = try #require(try await events.next(isolation: nil))
                guard case .gap(let gap) = first, case .count(let count) = gap.missed else {
                    Issue.record("\(first)")
                    return
                }
                #expect(gap.reason == .slowConsumer)
                #expect(count > 10)
            }
        }
    }

    @Test("an iteration that is given up unsubscribes")
    func givenUp() async throws {
        try await withServerAndClient { server, client in
            let actor = try await client.startActor(manifest: "actors/prober.toml")
            async let first = take(1, of: client.events(of: actor))
            await untilRegistered(server)
            _ = try await client.request(bytes("x"), of: actor)
            _ = try await first
            // What remains is the control lane and the work lanes.
            await server.waitUntil { $0.connectionsOpen <= 2 }
        }
    }

    @Test("a cancelled consumer ends")
    func cancelled() async throws {
        try await withServerAndClient { server, client in
            let actor = try await client.startActor(manifest: "actors/prober.toml")
            let task = Task {
                var count = 0
                for try await _ in client.events(of: actor) { count += 1 }
                return count
            }
            await server.waitUntil { $0.executions["SubscribeToActor"] == 1 }
            task.cancel()
            _ = try await task.value
        }
    }

    @Test("a channel's messages come in order, also those before anybody asked")
    func channel() async throws {
        try await withServerAndClient { _, client in
            let actor = try await client.startActor(manifest: "actors/prober.toml")
            let channel = try await client.openChannel(to: actor)
            for number in 0..<5 { try await client.send(bytes("\(number)"), on: channel) }
            var messages = client.messages(on: channel).makeAsyncIterator()
            for number in 0..<5 {
                #expect(try await messages.next(isolation: nil) == .message(bytes("\(number)")))
            }
            try await client.send(bytes("close"), on: channel)
            #expect(try await messages.next(isolation: nil) == nil)
        }
    }

    @Test("a channel ends with its connection, and says why")
    func lostChannel() async throws {
        try await withServerAndClient { server, client in
            let actor = try await client.startActor(manifest: "actors/prober.toml")
            let channel = try await client.openChannel(to: actor)
            var messages = client.messages(on: channel).makeAsyncIterator()
            await server.dropConnections()
            do throws(TheaterError) {
                _ = try await messages.next(isolation: nil)
                Issue.record("no error")
            } catch {
                #expect(error.code == .channelClosed)
            }
        }
    }
}
