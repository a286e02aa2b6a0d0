import Testing
import TheaterProtocol

@testable import TheaterTesting

@Suite("Actors in the machine")
struct MachineActorTests {
    @Test("events form a chain whose hashes hold", arguments: ServerEra.allCases)
    func chain(era: ServerEra) throws {
        var harness = MachineHarness(era)
        let id = try harness.start()
        let watcher = harness.open()
        _ = harness.receive(.subscribeToActor(id), on: watcher)
        _ = harness.receive(.sendActorMessage(id, data: bytes("logs:3")))
        let stop = harness.receive(.stopActor(id))
        var events = harness.machine.actors[id]?.chain.events ?? []
        if era == .july2026 {
            events = stop.messages.compactMap {
                if case .actorEvent(_, let event) = $0 { event } else { nil }
            }
            // The one event this era's server emits, with the hash it was recorded with.
            #expect(events.map(\.eventType) == ["shutdown"])
            #expect(events.first?.hash.prefix(4) == [0, 228, 255, 116])
        }
        for event in events { #expect(event.hash == event.computedHash()) }
    }

    @Test("GetActorEvents gives what subscribers were pushed")
    func history() throws {
        var harness = MachineHarness()
        let id = try harness.start(subscribe: true)
        let watcher = harness.open()
        let pushes = harness.receive(.sendActorMessage(id, data: bytes("logs:2")), on: watcher)
            .messages.compactMap { message in
                if case .actorEvent(_, let event) = message { event } else { nil }
            }
        #expect(pushes.count == 5)
        let answer = harness.receive(.getActorEvents(id)).messages
        guard case .actorEvents(_, let events)? = answer.first else {
            Issue.record("no events: \(answer)")
            return
        }
        #expect(Array(events.suffix(5)) == pushes)
        #expect(zip(events.dropFirst(), events).allSatisfy { $0.parentHash == $1.hash })
        #expect(events.first?.parentHash == nil)
    }

    @Test("state counts handled messages, from the given state on")
    func state() throws {
        var harness = MachineHarness()
        let id = try harness.start(state: bytes(#"{"count":41}"#))
        #expect(
            harness.receive(.getActorState(id)).messages
                == [.actorState(id, .bytes(bytes(#"{"count":41}"#)))])
        _ = harness.receive(.sendActorMessage(id, data: bytes("hello")))
        #expect(
            harness.receive(.getActorState(id)).messages
                == [.actorState(id, .bytes(bytes(#"{"count":42}"#)))])
        #expect(harness.machine.statistics.deliveries == ["hello": 1])
    }

    @Test("a deferred answer blocks its connection until the actor is stopped, which drops it")
    func deferred() throws {
        var harness = MachineHarness()
        let id = try harness.start()
        let waiting = harness.open()
        #expect(
            harness.receive(.requestActorMessage(id, data: bytes("none")), on: waiting)
                == [.stopReading(waiting)])
        #expect(harness.receive(.listActors, on: waiting) == [])
        #expect(
            harness.receive(.stopActor(id)) == [
                .send(.actorStopped(id), on: harness.connection, .whole), .cut(waiting, .close),
            ])
    }

    @Test("a drop closes a plain connection and makes a zombie of one that subscribed")
    func zombie() throws {
        var harness = MachineHarness()
        let id = try harness.start()
        let stranger = try #require(ActorID("00000000-0000-4000-8000-000000000000"))
        let watcher = harness.open()
        _ = harness.receive(.subscribeToActor(id), on: watcher)
        #expect(harness.receive(.getActorState(stranger), on: watcher) == [.stopReading(watcher)])
        let pushes = harness.receive(.sendActorMessage(id, data: bytes("x"))).filter { action in
            if case .send(_, watcher, _) = action { true } else { false }
        }
        #expect(pushes.count == 3)
        #expect(
            harness.receive(.getActorState(stranger)) == [.cut(harness.connection, .close)])
    }

    @Test("an answer too large to encode: the next command executes, then the connection ends")
    func deadWriter() {
        var harness = MachineHarness()
        harness.machine.markWriterDead(on: harness.connection)
        #expect(harness.receive(.newStore) == [.cut(harness.connection, .close)])
        #expect(harness.machine.statistics.executions == ["NewStore": 1])
    }

    @Test("ids follow from the seed")
    func seed() throws {
        var (first, second, third) = (
            MachineHarness(seed: 5), MachineHarness(seed: 5), MachineHarness(seed: 6)
        )
        let ids = try (first.start(), second.start(), third.start())
        #expect(ids.0 == ids.1)
        #expect(ids.0 != ids.2)
    }

    @Test("a message that is no command is counted and not answered")
    func unparseable() {
        var harness = MachineHarness()
        #expect(harness.machine.receive(nil, on: harness.connection, now: .zero) == [])
        #expect(harness.machine.statistics.unparseableMessages == 1)
        let (fence, echo) = fence()
        #expect(harness.receive(fence).messages == [echo])
    }

    @Test("nothing survives the end of the server but the faults")
    func forget() throws {
        var harness = MachineHarness()
        _ = try harness.start()
        harness.machine.closeConnection(harness.connection, now: .zero)
        harness.machine.forgetActors()
        let other = harness.open()
        #expect(harness.receive(.listActors, on: other).messages == [.actorList([])])
    }
}
