import Testing
import TheaterProtocol
import TheaterStateMachine

@Suite("Dialling")
struct DiallingTests {
    private func waits(of world: World) -> [Duration] {
        zip(world.dialTimes, world.dialTimes.dropFirst()).map { $1 - $0 }
    }

    private var withoutJitter: Settings {
        var settings = Settings()
        settings.backoff.jitter = 0
        return settings
    }

    @Test("nothing is dialled before somebody asks")
    func lazy() {
        let world = World()
        world.advance(by: .seconds(100))
        #expect(world.dialTimes.isEmpty)
        #expect(world.machine.nextDeadline() == nil)
    }

    @Test(
        "the first call of an outage: three dials, then an error",
        arguments: 1...50 as ClosedRange<UInt64>)
    func firstCallOfAnOutage(seed: UInt64) throws {
        let world = World(seed: seed)
        world.reception = .refuse
        let start = world.now
        let id = world.submit(.listActors)
        world.advance(by: .seconds(10))
        let failure = try #require(world.failure(id))
        #expect(failure.kind == .notConnected)
        #expect(failure.attempts == 3)
        #expect(!failure.mayHaveExecuted)
        #expect(failure.lastLinkFailure == .transport("connection refused"))
        #expect(failure.waited >= .milliseconds(1_500) && failure.waited <= .milliseconds(1_875))
        #expect(world.dialTimes.count == 3)
        let waits = waits(of: world)
        #expect(waits[0] >= .milliseconds(500) && waits[0] <= .milliseconds(625))
        #expect(waits[1] >= .seconds(1) && waits[1] <= .milliseconds(1_250))
        #expect(world.dialTimes[0] == start)
    }

    @Test("a call in a known outage gets the next scheduled dial and no more")
    func callInAKnownOutage() throws {
        let world = World()
        world.reception = .refuse
        for _ in 0..<5 {
            let id = world.submit(.listActors)
            world.advance(by: .milliseconds(6_300))
            let failure = try #require(world.failure(id))
            #expect(failure.kind == .notConnected)
            #expect(failure.waited <= .milliseconds(6_250))
        }
    }

    @Test(
        "calls at once after one another: the waits grow to the cap, each dial is waited for once")
    func constantDemand() {
        let world = World()
        world.reception = .refuse
        let start = world.now
        var id = world.submit(.listActors)
        world.run()
        while world.now - start < .seconds(60) {
            world.advance(by: .milliseconds(10))
            if world.outcome(id) != nil { id = world.submit(.listActors) }
        }
        let waits = waits(of: world)
        for (index, floor) in [0.5, 1, 2, 4, 5, 5, 5].enumerated() {
            #expect(waits[index] >= .seconds(floor))
            // 10 ms: the grain of the demand above.
            #expect(waits[index] <= .seconds(floor * 1.25) + .milliseconds(10))
        }
        #expect(world.mostDialsAtOnce == 1)
    }

    @Test("a call after a pause gets a fresh series")
    func freshSeries() throws {
        let world = World()
        world.reception = .refuse
        world.submit(.listActors)
        world.advance(by: .seconds(10))
        let before = world.dialTimes.count
        let id = world.submit(.listActors)
        world.advance(by: .seconds(5))
        #expect(try #require(world.failure(id)).attempts == 3)
        #expect(world.dialTimes.count == before + 3)
    }

    @Test("the call after the server has come back is answered at once when no wait is due")
    func serverIsBack() {
        let world = World(settings: withoutJitter)
        world.reception = .refuse
        world.submit(.listActors)
        world.advance(by: .seconds(4))
        world.reception = .accept
        let id = world.submit(.listActors)
        world.run()
        #expect(world.reply(id) == .actorList([]))
        #expect(world.reports.contains { if case .recovered = $0 { true } else { false } })
    }

    @Test("a hundred waiters share one dial at a time")
    func sharedDial() {
        let world = World()
        world.reception = .refuse
        let ids = (0..<100).map { _ in world.submit(.listActors) }
        world.advance(by: .milliseconds(700))
        #expect(world.dialTimes.count == 2)
        world.reception = .accept
        world.advance(by: .seconds(2))
        #expect(ids.allSatisfy { world.reply($0) != nil })
        #expect(world.mostDialsAtOnce == 1)
        #expect(world.dialTimes.count == 3)
    }

    @Test("traffic does not shorten a wait")
    func trafficDoesNotShortenWaits() {
        let world = World()
        world.reception = .refuse
        world.submit(.listActors)
        world.run()
        for _ in 0..<400 {
            world.advance(by: .milliseconds(1))
            world.submit(.listActors)
        }
        world.run()
        #expect(world.dialTimes.count == 1)
    }

    @Test("a peer that accepts and closes is dialled as if it refused")
    func acceptThenClose() {
        let world = World()
        world.reception = .acceptAndClose
        let start = world.now
        var id = world.submit(.listActors)
        while world.now - start < .seconds(12) {
            world.advance(by: .milliseconds(5))
            if world.outcome(id) != nil { id = world.submit(.listActors) }
        }
        let dials = world.reports.count { if case .dialStarted = $0 { true } else { false } }
        #expect(dials <= 8)
        #expect(dials >= 4)
    }

    @Test("a connect that hangs ends with the connect timeout")
    func connectTimeout() throws {
        let world = World()
        world.reception = .ignore
        let id = world.submit(.listActors)
        world.advance(by: .seconds(29))
        let failure = try #require(world.failure(id))
        #expect(failure.attempts == 3)
        #expect(failure.lastLinkFailure == .connectTimedOut)
        #expect(world.mostDialsAtOnce == 1)
        #expect(failure.waited >= .milliseconds(16_500) && failure.waited <= .milliseconds(16_900))
    }

    @Test("a deadline before the next dial fails at once and says when")
    func hopeless() throws {
        let world = World(settings: withoutJitter)
        world.reception = .refuse
        world.submit(.listActors)
        world.advance(by: .milliseconds(1_700))
        let id = world.submit(.listActors, timeout: .milliseconds(100))
        world.run()
        let failure = try #require(world.failure(id))
        #expect(failure.waited == .zero)
        #expect(try #require(failure.retryAfter) > .milliseconds(100))
    }

    @Test("a lost proven connection is redialled at once, the second time in a second is not")
    func immediateRedial() {
        let world = World()
        world.submit(.listActors)
        world.run()
        world.closeAll()
        let second = world.submit(.listActors)
        world.run()
        #expect(world.reply(second) != nil)
        world.closeAll()
        let third = world.submit(.listActors)
        world.run()
        #expect(world.outcome(third) == nil)
        world.advance(by: .milliseconds(700))
        #expect(world.reply(third) != nil)
    }

    @Test("connected for ten seconds counts as proof, shorter does not", arguments: [9.8, 10.1])
    func stability(held: Double) {
        let world = World(settings: withoutJitter)
        world.reception = .refuse
        world.submit(.listActors)
        world.advance(by: .milliseconds(1_200))
        world.reception = .accept
        // Silent: the echo is all the proof there is.
        world.answer = { _ in .silence }
        let id = world.submit(.listActors)
        world.advance(by: .milliseconds(400))
        #expect(world.openConnections.count == 1)
        world.cancel(id)
        world.run()
        world.advance(by: .seconds(held))
        world.closeAll()
        world.reception = .refuse
        let dials = world.dialTimes.count
        world.submit(.listActors)
        world.run()
        #expect((world.dialTimes.count > dials) == (held > 10))
    }
}
