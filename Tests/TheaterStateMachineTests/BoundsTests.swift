import Testing
import TheaterProtocol

@testable import TheaterStateMachine

/// What a caller can pile up, however long and however fast it calls.
@Suite("Bounds")
struct BoundsTests {
    @Test("deadlines of requests that have ended are forgotten, even behind one that lives long")
    func deadlines() {
        let world = World()
        world.answer = { command in
            if case .getActorState = command { .silence } else { World.obedient(command) }
        }
        world.submit(.getActorState(.test(1)))
        for _ in 0..<1_000 {
            world.submit(.listActors, timeout: .seconds(60))
            world.run()
        }
        #expect(world.machine.gauge.inFlight == 1)
        #expect(world.machine.deadlines.count < 200)
    }

    @Test("requests that were refused or cancelled at once leave nothing in the queue")
    func queue() {
        let world = World()
        for _ in 0..<1_000 {
            world.cancel(world.submit(.listActors))
            world.run()
        }
        world.machine.shutDown(drain: .zero, now: world.now, into: &world.actions)
        for _ in 0..<1_000 {
            world.submit(.listActors)
            world.run()
        }
        #expect(world.machine.queue.waiting.isEmpty)
        #expect(world.machine.queue.byteCount == 0)
    }

    @Test("a caller who gives up again and again does not open lane after lane")
    func suspectLanes() {
        let world = World()
        world.submit(.listActors)
        world.run()
        // Each connection echoes once, and is deaf from its first command on.
        world.answer = { [unowned world] _ in
            for connection in world.openConnections { world.peers[connection]?.isDeaf = true }
            return .silence
        }
        for number in 0..<100 {
            let status = world.submit(.getActorStatus(.test(UInt64(number))))
            let open = world.submit(.openChannel(.actor(.test(1)), initialMessage: []))
            world.run()
            world.cancel(status)
            world.cancel(open)
            world.run()
        }
        #expect(world.openConnections.count <= 12)
    }

    @Test("a channel that opened after its caller had given up is not kept")
    func orphanedChannel() throws {
        let world = World()
        var target: ChannelParticipant?
        world.answer = { command in
            if case .openChannel(let actor, _) = command { target = actor }
            return .silence
        }
        let id = world.submit(.openChannel(.actor(.test(1)), initialMessage: []))
        world.run()
        let connection = try #require(world.openConnections.first)
        // The server works on it, and answers nothing else meanwhile.
        world.peers[connection]?.isDeaf = true
        world.cancel(id)
        world.run()
        world.send(.channelOpened(ChannelID("ch_1"), try #require(target)), on: connection)
        world.run()
        #expect(world.openConnections.isEmpty)
    }

    @Test("the lane of a channel that the other side closed is not kept")
    func closedByTheOtherSide() throws {
        let world = World()
        world.submit(.openChannel(.actor(.test(1)), initialMessage: []))
        world.run()
        world.send(
            .channelClosed(ChannelID("ch_1")), on: try #require(world.openConnections.first))
        world.run()
        #expect(world.pushes == [.channelClosed(ChannelID("ch_1"))])
        #expect(world.openConnections.isEmpty)
    }
}
