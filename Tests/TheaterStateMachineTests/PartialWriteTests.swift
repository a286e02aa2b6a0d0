import Testing
import TheaterProtocol
import TheaterStateMachine

/// A write that fails says only that its last byte never left.
///
/// So nothing may stand behind a command that must not be executed twice in the same write.
@Suite("Writes that are taken in part")
struct PartialWriteTests {
    @Test("a command with an effect and the fence behind it are two writes")
    func fenceApart() throws {
        let simulation = Simulation(start: .twoLanesIdle)
        let actor = ActorID.test(1)
        let id = simulation.submit(.updateActorComponent(actor, component: "c"))
        let connection = try #require(simulation.connections.first { !$0.unsent.isEmpty })
        #expect(connection.unsent.map(\.frames.count) == [1, 1])
        // The kernel takes the command, but not all of the fence.
        simulation.kernelTakes(connection, bytes: connection.unsentBytes - 1)
        simulation.execute(on: connection)
        simulation.end(connection, cause: .closedByPeer)
        simulation.windDown()
        #expect(simulation.calls[id]?.executions == 1)
        #expect(simulation.violations.isEmpty)
    }

    @Test("a command in the middle of a write that failed may have been executed")
    func sharedWrite() throws {
        let world = World()
        world.submit(.listActors)
        world.run()
        let connection = try #require(world.openConnections.first)
        world.peers[connection]?.isDeaf = true
        world.isBlocked = true
        let id = world.submit(.unsubscribeFromActor(.test(1), .test(1)))
        world.submit(.listActors)
        world.run()
        // The kernel may have had the first, whatever became of the second.
        world.reception = .refuse
        world.close(connection)
        world.run()
        world.cancel(id)
        world.run()
        #expect(try #require(world.failure(id)).mayHaveExecuted)
    }
}
