import Testing
import TheaterProtocol
import TheaterStateMachine

/// Lanes fall together when a server goes, and dials side by side fail together: one outage, one failure.
@Suite("Several lanes, one outage")
struct SideBySideTests {
    private let actor = ActorID.test(1)

    /// A control lane, and work lanes that have each answered a command.
    private func worldWithLanes() -> World {
        let world = World()
        world.submit(.listActors)
        world.run()
        for number in 0..<8 as Range<UInt8> {
            world.submit(.sendActorMessage(actor, data: [number]))
        }
        world.run()
        return world
    }

    @Test("a server that restarts is redialled at once, however many lanes it had")
    func restart() {
        let world = worldWithLanes()
        #expect(world.openConnections.count == 9)
        world.advance(by: .seconds(2))
        world.closeAll()
        let id = world.submit(.listActors)
        world.run()
        #expect(world.reply(id) == .actorList([]))
    }

    @Test("also when the ends of the lanes come in one by one")
    func restartOneByOne() {
        let world = worldWithLanes()
        world.advance(by: .seconds(2))
        world.reception = .ignore
        for connection in world.openConnections {
            world.submit(.listActors)
            world.close(connection)
            world.run()
            world.advance(by: .milliseconds(1))
        }
        // The dial that began with the first loss is the first of its series.
        #expect(world.dialTimes.count == 10)
        world.reception = .accept
        world.advance(by: .milliseconds(5_700))
        #expect(world.dialTimes.count == 11)
    }

    @Test("dials that fail side by side are one failure to those who wait")
    func dialsSideBySide() {
        let world = World()
        world.submit(.listActors)
        world.run()
        world.reception = .refuse
        let ids = (0..<8).map { world.submit(.sendActorMessage(actor, data: [UInt8($0)])) }
        world.run()
        #expect(ids.allSatisfy { world.outcome($0) == nil })
        world.reception = .accept
        world.advance(by: .milliseconds(700))
        #expect(ids.allSatisfy { world.reply($0) == .sentMessage(actor) })
    }

    @Test("a connection found dead in an outage neither ends the series nor cuts a wait short")
    func halfOpen() throws {
        let world = World()
        world.submit(.listActors)
        world.advance(by: .seconds(20))
        // The host is gone: nobody says so on the connection that stands.
        let connection = try #require(world.openConnections.first)
        world.peers[connection]?.isDeaf = true
        world.reception = .refuse
        let start = world.now
        var id = world.submit(.sendActorMessage(actor, data: [1]))
        while world.now - start < .seconds(60) {
            world.advance(by: .milliseconds(20))
            if world.outcome(id) != nil { id = world.submit(.sendActorMessage(actor, data: [1])) }
        }
        #expect(world.reports.contains(.connectionLost(.heartbeatMissed)))
        let dials = world.dialTimes.dropFirst()
        let waits = zip(dials, dials.dropFirst()).map { $1 - $0 }
        #expect(waits.dropFirst(4).allSatisfy { $0 >= .seconds(5) })
    }
}
