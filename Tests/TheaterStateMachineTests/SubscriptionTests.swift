import Testing
import TheaterProtocol
import TheaterStateMachine

@Suite("Subscriptions")
struct SubscriptionTests {
    private let actor = ActorID.test(1)
    private let key = SubscriptionKey(1)
    private let event = ChainEvent(
        hash: [1], parentHash: nil, eventType: "wasm", data: [], timestampMilliseconds: 1)

    /// A server on which the actor runs, and a subscription to it.
    private func subscribedWorld() -> World {
        let world = World()
        world.answer = { [actor] command in
            switch command {
            case .listActors: .reply(.actorList([ActorSummary(id: actor, name: nil)]))
            case .subscribeToActor(let id):
                .reply(.subscribed(id, SubscriptionID.test(7)))
            default: World.obedient(command)
            }
        }
        world.machine.subscribe(key, to: actor)
        world.run()
        return world
    }

    @Test("registered when a list behind the subscription has the actor")
    func registered() {
        let world = subscribedWorld()
        #expect(world.executed.map(\.name) == ["SubscribeToActor", "ListActors"])
        #expect(world.notices == [.registered(key, .first)])
    }

    @Test("an actor that is not in the list is gone, and the connection is not kept")
    func gone() {
        let world = World()
        world.answer = { command in
            if case .subscribeToActor(let id) = command {
                return .reply(.subscribed(id, SubscriptionID.test(7)))
            }
            return World.obedient(command)
        }
        world.machine.subscribe(key, to: actor)
        world.run()
        #expect(world.notices == [.actorGone(key)])
        #expect(world.openConnections.isEmpty)
    }

    @Test("events say whose they are by their connection")
    func events() throws {
        let world = subscribedWorld()
        world.send(.actorEvent(nil, event), on: try #require(world.openConnections.first))
        world.run()
        #expect(world.pushes == [.actorEvent(nil, event)])
    }

    @Test("a lost connection is dialled again without a request, and registered again")
    func restored() {
        let world = subscribedWorld()
        world.closeAll()
        world.run()
        #expect(
            world.notices == [
                .registered(key, .first), .interrupted(key, .closedByPeer),
                .registered(key, .again),
            ])
    }

    @Test("while the server is away, the dials go on at their pace")
    func persistent() {
        let world = subscribedWorld()
        world.reception = .refuse
        world.closeAll()
        world.advance(by: .seconds(60))
        #expect(world.dialTimes.count > 10 && world.dialTimes.count < 20)
        world.reception = .accept
        world.advance(by: .seconds(7))
        #expect(world.notices.last == .registered(key, .again))
    }

    @Test("pushes are no sign of life: a connection that only pushes is replaced")
    func zombie() throws {
        let world = subscribedWorld()
        let zombie = try #require(world.openConnections.first)
        world.peers[zombie]?.isDeaf = true
        for _ in 0..<45 {
            world.advance(by: .seconds(1))
            world.send(.actorEvent(nil, event), on: zombie)
            world.run()
        }
        #expect(!world.openConnections.contains(zombie))
        #expect(world.notices.contains(.registered(key, .again)))
    }

    @Test("an actor that stops is noticed within a heartbeat, although no server says so")
    func stopped() {
        let world = subscribedWorld()
        world.answer = World.obedient
        world.advance(by: .seconds(34))
        #expect(world.notices.last == .actorGone(key))
    }

    @Test("unsubscribing closes the connection, and nothing is dialled any more")
    func unsubscribed() {
        let world = subscribedWorld()
        world.machine.unsubscribe(key, into: &world.actions)
        world.advance(by: .seconds(100))
        #expect(world.openConnections.isEmpty)
        #expect(world.machine.nextDeadline() == nil)
    }

    @Test("a subscribing start brings the events from the first one on")
    func subscribingStart() {
        let world = World()
        world.answer = { [actor, event] command in
            guard case .startActor = command else { return World.obedient(command) }
            return .replies([.actorEvent(nil, event), .actorStarted(actor)])
        }
        let command = Command.startActor(
            manifest: "m", initialState: nil, parent: false, subscribe: true)
        let id = RequestID(1_000)
        world.machine.submit(
            Submission(
                id: id, command: command, message: command.encoded(),
                deadline: world.now + .seconds(30), subscription: key),
            now: world.now, into: &world.actions)
        world.run()
        #expect(world.reply(id) == .actorStarted(actor))
        #expect(world.pushes == [.actorEvent(nil, event)])
        #expect(world.notices == [.registered(key, .first)])
        // A lost connection is replaced by an ordinary subscription.
        world.closeAll()
        world.run()
        #expect(world.executed.last?.name == "ListActors")
    }

    @Test("shut down ends subscriptions")
    func shutDown() {
        let world = subscribedWorld()
        world.machine.shutDown(drain: .seconds(5), now: world.now, into: &world.actions)
        world.run()
        #expect(world.isFinished)
    }

    @Test("a server that freezes before it has registered anything is given up")
    func frozenRegistration() throws {
        let world = World()
        world.answer = { [unowned world] _ in
            for connection in world.openConnections { world.peers[connection]?.isDeaf = true }
            return .silence
        }
        world.machine.subscribe(key, to: actor)
        world.run()
        let frozen = try #require(world.openConnections.first)
        world.advance(by: .seconds(61))
        #expect(!world.openConnections.contains(frozen))
    }
}
