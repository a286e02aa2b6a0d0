import Testing
import TheaterProtocol
import TheaterStateMachine

@Suite("Replies and pushes")
struct ReplyTests {
    private let actor = ActorID.test(1)
    private let event = ChainEvent(
        hash: [1], parentHash: nil, eventType: "wasm", data: [], timestampMilliseconds: 1)

    @Test("pushes between replies are never taken for one")
    func pushes() {
        let world = World()
        world.answer = { [event] command in
            guard case .reply(let reply) = World.obedient(command) else { return .silence }
            let push = ServerMessage.actorEvent(nil, event)
            return .replies([push, reply, push])
        }
        let ids = (0..<20).map { _ in world.submit(.listActors) }
        world.run()
        #expect(ids.allSatisfy { world.reply($0) == .actorList([]) })
        #expect(world.pushes.count == 40)
    }

    @Test("a reply with the wrong variant or id closes the connection", arguments: [0, 1])
    func outOfStep(kind: Int) throws {
        let world = World()
        var answers = 0
        world.answer = { command in
            answers += 1
            guard answers == 1 else { return World.obedient(command) }
            return .reply(
                kind == 0 ? .actorList([]) : .actorStatus(.test(5), .running))
        }
        let id = world.submit(.getActorStatus(actor))
        world.advance(by: .seconds(5))
        // Nobody got the wrong reply; the read was asked again on a new connection.
        #expect(world.reply(id) == .actorStatus(actor, .running))
        #expect(
            world.reports.contains {
                if case .connectionLost(.outOfStep) = $0 { true } else { false }
            })
    }

    @Test("a reply that nobody asked for closes the connection")
    func unsolicited() throws {
        let world = World()
        world.submit(.listActors)
        world.run()
        world.send(.actorList([]), on: try #require(world.openConnections.first))
        world.run()
        #expect(world.openConnections.isEmpty)
    }

    @Test("an unknown variant is reported and harmless")
    func unknownVariant() throws {
        let world = World()
        world.submit(.listActors)
        world.run()
        world.send(
            .unknown(variant: "Novelty", .null), on: try #require(world.openConnections.first))
        let id = world.submit(.listActors)
        world.run()
        #expect(world.reply(id) != nil)
        #expect(world.reports.contains(.unknownMessage(variant: "Novelty")))
    }

    @Test("ChannelClosed is a reply to the CloseChannel of its channel, else a push")
    func channelClosed() throws {
        let world = World()
        let open = world.submit(.openChannel(.actor(actor), initialMessage: []))
        world.run()
        #expect(world.reply(open) != nil)
        world.answer = { _ in
            .replies([.channelClosed(ChannelID("ch_other")), .channelClosed(ChannelID("ch_1"))])
        }
        let close = world.submit(.closeChannel(ChannelID("ch_1")))
        world.run()
        #expect(world.reply(close) == .channelClosed(ChannelID("ch_1")))
        #expect(world.pushes == [.channelClosed(ChannelID("ch_other"))])
        // The lane of a closed channel is not kept.
        #expect(world.openConnections.isEmpty)
    }

    @Test("a channel ends with its connection, and later messages say so")
    func lostChannel() throws {
        let world = World()
        world.submit(.openChannel(.actor(actor), initialMessage: []))
        world.run()
        world.closeAll()
        world.run()
        let id = world.submit(.sendOnChannel(ChannelID("ch_1"), message: [1]))
        world.advance(by: .seconds(1))
        #expect(try #require(world.failure(id)).kind == .channelLost)
        #expect(!world.executed.contains { $0.name == "SendOnChannel" })
    }

    @Test("bytes that cannot be read close the connection; a read is asked again")
    func garbage() throws {
        let world = World()
        var answers = 0
        world.answer = { command in
            answers += 1
            return answers == 1 ? .bytes([255, 255, 255, 255]) : World.obedient(command)
        }
        let id = world.submit(.listActors)
        world.advance(by: .seconds(5))
        #expect(world.reply(id) == .actorList([]))
    }
}
