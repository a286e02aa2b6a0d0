import Testing
import TheaterProtocol
import TheaterStateMachine

@Suite("Requests")
struct RequestTests {
    private let actor = ActorID.test(1)

    private func connectedWorld() -> World {
        let world = World()
        world.submit(.listActors)
        world.run()
        return world
    }

    @Test("replies reach their callers in order, in one write per batch")
    func pipelining() {
        let world = connectedWorld()
        let writes = world.writes
        let ids = (0..<50).map { world.submit(.getActorStatus(.test(UInt64($0)))) }
        world.run()
        for (number, id) in ids.enumerated() {
            #expect(world.reply(id) == .actorStatus(.test(UInt64(number)), .running))
        }
        #expect(world.writes == writes + 1)
    }

    @Test("a command that was never handed over is sent again, whatever it does")
    func neverHandedOver() {
        let world = connectedWorld()
        world.isBlocked = true
        let id = world.submit(.sendActorMessage(actor, data: [1]))
        // The work lane's own fence cannot be echoed either while writes are blocked.
        world.run()
        world.isBlocked = false
        world.closeAll()
        world.advance(by: .seconds(5))
        #expect(world.reply(id) == .sentMessage(actor))
        #expect(world.executed.count { $0.name == "SendActorMessage" } == 1)
    }

    @Test("a non-idempotent command that was handed over is never sent again")
    func outcomeUnknown() throws {
        let world = connectedWorld()
        world.answer = { command in
            if case .sendActorMessage = command { .drop } else { World.obedient(command) }
        }
        let id = world.submit(.sendActorMessage(actor, data: [1]))
        world.advance(by: .seconds(20))
        let failure = try #require(world.failure(id))
        #expect(failure.kind == .outcomeUnknown)
        #expect(failure.mayHaveExecuted)
        #expect(failure.phase == .sent)
        #expect(world.executed.count { $0.name == "SendActorMessage" } == 1)
    }

    @Test("a read that was handed over is sent again, three times in all")
    func readsAreSentAgain() throws {
        let world = connectedWorld()
        world.answer = { _ in .silence }
        let id = world.submit(.listActors)
        for _ in 0..<3 {
            world.run()
            world.advance(by: .seconds(2))
            // Not a drop on this command, but the end of the link.
            for connection in world.openConnections {
                world.close(connection, cause: .transport("connection timed out"))
            }
        }
        world.advance(by: .seconds(5))
        let failure = try #require(world.failure(id))
        #expect(failure.kind == .notConnected)
        #expect(failure.attempts == 3)
        #expect(!failure.mayHaveExecuted)
        #expect(world.executed.count { $0.name == "ListActors" } == 4)
    }

    @Test("two closes with the same request at the head are enough")
    func poison() throws {
        let world = connectedWorld()
        world.answer = { command in
            if case .getActorState = command { .drop } else { World.obedient(command) }
        }
        let id = world.submit(.getActorState(actor))
        world.advance(by: .seconds(20))
        #expect(try #require(world.failure(id)).kind == .serverClosedOnRequest)
        #expect(world.executed.count { $0.name == "GetActorState" } == 2)
    }

    @Test("the neighbours of poisonous reads are answered")
    func neighboursOfPoison() {
        let world = connectedWorld()
        let poison = Set((0..<6).map { ActorID.test(100 + $0) })
        world.answer = { command in
            if case .getActorState(let id) = command, poison.contains(id) { return .drop }
            return World.obedient(command)
        }
        let bad = poison.map { world.submit(.getActorState($0), dropLimit: 1) }
        let good = world.submit(.getActorState(actor))
        world.advance(by: .seconds(29))
        #expect(bad.allSatisfy { world.failure($0)?.kind == .serverClosedOnRequest })
        #expect(world.reply(good) == .actorState(actor, .bytes([1])))
    }

    @Test("a non-idempotent command has its lane to itself")
    func exclusiveLane() {
        let world = connectedWorld()
        var largestBatch = 0
        world.answer = { _ in .silence }
        for number in 0..<20 {
            world.submit(.sendActorMessage(actor, data: [UInt8(number)]))
            world.submit(.getActorState(.test(UInt64(number))))
        }
        world.run()
        largestBatch = world.executed.count { $0.name == "SendActorMessage" }
        // Eight work lanes, one of them taken by the reads.
        #expect(largestBatch == 7)
        #expect(world.executed.count { $0.name == "GetActorState" } == 20)
        #expect(world.machine.gauge.queued == 13)
    }

    @Test("a drop leaves at most one outcome unknown per lane, and neighbours unharmed")
    func hundredAcrossADrop() {
        let world = connectedWorld()
        var count = 0
        world.answer = { command in
            count += 1
            return count == 37 ? .drop : World.obedient(command)
        }
        let ids = (0..<100).map {
            world.submit(
                $0.isMultiple(of: 2)
                    ? .listActors : .sendActorMessage(actor, data: [UInt8($0)]))
        }
        world.advance(by: .seconds(29))
        #expect(ids.allSatisfy { world.outcome($0) != nil })
        var messages: [[UInt8]: Int] = [:]
        for case .sendActorMessage(_, let data) in world.executed {
            messages[data, default: 0] += 1
        }
        #expect(messages.values.allSatisfy { $0 == 1 })
        #expect(messages.count == 50)
    }

    @Test("cancelled in the queue: nothing is written")
    func cancelQueued() throws {
        let world = World()
        world.reception = .ignore
        let id = world.submit(.sendActorMessage(actor, data: [1]))
        world.run()
        world.cancel(id)
        world.run()
        let failure = try #require(world.failure(id))
        #expect(failure.kind == .cancelled && !failure.mayHaveExecuted)
        #expect(world.executed.isEmpty)
    }

    @Test("cancelled in flight: the slot stays, the late reply reaches nobody")
    func cancelInFlight() throws {
        let world = connectedWorld()
        world.answer = { _ in .silence }
        let first = world.submit(.getActorStatus(actor))
        let second = world.submit(.getActorStatus(.test(2)))
        world.run()
        world.cancel(first)
        world.run()
        #expect(try #require(world.failure(first)).kind == .cancelled)
        // The fence behind the tombstone was echoed: everything before it is cleared.
        #expect(world.fencesSeen >= 2)
        #expect(try #require(world.failure(second)).kind == .unanswered)
    }

    @Test("a slow reply after a cancellation is swallowed and its neighbour served")
    func lateReply() throws {
        let world = connectedWorld()
        let connection = try #require(world.openConnections.first)
        // The server is busy: it reads nothing for now.
        world.peers[connection]?.isDeaf = true
        let first = world.submit(.getActorStatus(actor))
        let second = world.submit(.getActorStatus(.test(2)))
        world.run()
        world.cancel(first)
        world.run()
        world.send(.actorStatus(actor, .running), on: connection)
        world.send(.actorStatus(.test(2), .stopped), on: connection)
        world.run()
        #expect(try #require(world.failure(first)).kind == .cancelled)
        #expect(world.reply(second) == .actorStatus(.test(2), .stopped))
    }

    @Test("timed out in flight: told by the deadline; a fence without an echo closes the link")
    func timeout() throws {
        let world = connectedWorld()
        let connection = try #require(world.openConnections.first)
        world.peers[connection]?.isDeaf = true
        let id = world.submit(.listActors, timeout: .seconds(3))
        world.advance(by: .seconds(3))
        let failure = try #require(world.failure(id))
        #expect(failure.kind == .timedOut && failure.waited == .seconds(3))
        #expect(world.openConnections == [connection])
        world.advance(by: .seconds(5))
        #expect(world.openConnections.isEmpty)
    }

    @Test("a request after a timeout does not go to the suspect connection")
    func suspectLane() throws {
        let world = connectedWorld()
        let connection = try #require(world.openConnections.first)
        world.peers[connection]?.isDeaf = true
        world.submit(.listActors, timeout: .seconds(3))
        world.advance(by: .seconds(3))
        let id = world.submit(.listActors)
        world.run()
        #expect(world.reply(id) == .actorList([]))
    }

    @Test("a command the server does not know is found out at once and remembered")
    func unsupported() throws {
        let world = connectedWorld()
        world.answer = { command in
            if case .getActorEvents = command { .silence } else { World.obedient(command) }
        }
        let first = world.submit(.getActorEvents(actor))
        world.run()
        #expect(try #require(world.failure(first)).kind == .unsupportedByServer)
        let second = world.submit(.getActorEvents(actor))
        world.run()
        #expect(try #require(world.failure(second)).kind == .unsupportedByServer)
        #expect(world.executed.count { $0.name == "GetActorEvents" } == 1)
        // Another server may know it.
        world.closeAll()
        world.answer = World.obedient
        let third = world.submit(.getActorEvents(actor))
        world.advance(by: .seconds(2))
        #expect(world.reply(third) == .actorEvents(actor, []))
    }

    @Test("the queue is bounded by number and by bytes, and an empty one takes any message")
    func queueBounds() throws {
        var settings = Settings()
        settings.queuedRequests = 2
        settings.queuedBytes = 100
        let world = World(settings: settings)
        world.reception = .ignore
        let large = world.submit(.sendActorMessage(actor, data: Array(repeating: 7, count: 500)))
        let refused = world.submit(.listActors)
        world.run()
        #expect(world.outcome(large) == nil)
        #expect(try #require(world.failure(refused)).kind == .queueFull)
        world.cancel(large)
        let kept = [world.submit(.listActors), world.submit(.listActors)]
        let newest = world.submit(.listActors)
        world.run()
        #expect(kept.allSatisfy { world.outcome($0) == nil })
        #expect(try #require(world.failure(newest)).kind == .queueFull)
    }
}
