import Testing
import TheaterProtocol
import TheaterStateMachine

@Suite("Heartbeat and the end")
struct LivenessTests {
    @Test(
        "an idle connection beats about every thirty seconds",
        arguments: 1...20 as ClosedRange<UInt64>)
    func heartbeat(seed: UInt64) {
        let world = World(seed: seed)
        world.submit(.listActors)
        world.run()
        let fences = world.fencesSeen
        world.advance(by: .seconds(26))
        #expect(world.fencesSeen == fences)
        world.advance(by: .seconds(8))
        #expect(world.fencesSeen == fences + 1)
        #expect(world.openConnections.count == 1)
    }

    @Test("a missed heartbeat closes the connection, and nothing is dialled without demand")
    func missedHeartbeat() throws {
        let world = World()
        world.submit(.listActors)
        world.run()
        world.peers[try #require(world.openConnections.first)]?.isDeaf = true
        let dials = world.dialTimes.count
        world.advance(by: .seconds(44))
        #expect(world.openConnections.isEmpty)
        #expect(world.reports.contains(.connectionLost(.heartbeatMissed)))
        world.advance(by: .seconds(100))
        #expect(world.dialTimes.count == dials)
    }

    @Test("no heartbeat while a request is in flight")
    func busy() throws {
        let world = World()
        world.answer = { _ in .silence }
        world.submit(.requestActorMessage(.test(1), data: []), timeout: .seconds(120))
        world.run()
        let fences = world.fencesSeen
        world.advance(by: .seconds(100))
        #expect(world.fencesSeen == fences)
    }

    @Test("idle lanes that nobody needs are closed")
    func spareLanes() {
        let world = World()
        for _ in 0..<8 { world.submit(.newStore) }
        world.run()
        #expect(world.openConnections.count == 8)
        world.advance(by: .seconds(34))
        #expect(world.openConnections.count == 1)
    }

    @Test(
        "shut down: what is queued ends, what is in flight may finish, then every connection closes"
    )
    func shutDown() throws {
        let world = World()
        world.submit(.listActors)
        world.run()
        let connection = try #require(world.openConnections.first)
        world.peers[connection]?.isDeaf = true
        let inFlight = world.submit(.getActorStatus(.test(1)))
        world.run()
        world.reception = .ignore
        let queued = world.submit(.getActorState(.test(1)))
        world.run()
        world.machine.shutDown(drain: .seconds(5), now: world.now, into: &world.actions)
        world.run()
        #expect(try #require(world.failure(queued)).kind == .clientClosed)
        #expect(world.outcome(inFlight) == nil)
        let late = world.submit(.listActors)
        world.run()
        #expect(try #require(world.failure(late)).kind == .clientClosed)
        world.send(.actorStatus(.test(1), .running), on: connection)
        world.run()
        #expect(world.reply(inFlight) != nil)
        #expect(world.isFinished)
        #expect(world.machine.linkState == .closed)
        #expect(world.machine.nextDeadline() == nil)
    }

    @Test("shut down ends by its drain time")
    func shutDownAtTheLatest() throws {
        let world = World()
        world.answer = { _ in .silence }
        let id = world.submit(.sendActorMessage(.test(1), data: [1]), timeout: .seconds(60))
        world.run()
        world.machine.shutDown(drain: .seconds(5), now: world.now, into: &world.actions)
        world.advance(by: .seconds(5))
        let failure = try #require(world.failure(id))
        #expect(failure.kind == .clientClosed && failure.mayHaveExecuted)
        #expect(world.isFinished)
    }

    @Test("shut down before anything was asked")
    func shutDownUnused() {
        let world = World()
        world.machine.shutDown(drain: .seconds(5), now: world.now, into: &world.actions)
        world.run()
        #expect(world.isFinished)
    }
}
