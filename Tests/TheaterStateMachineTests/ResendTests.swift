import Testing
import TheaterProtocol
import TheaterStateMachine

/// What may be said of a command that was sent, lost, and not sent again in the end.
@Suite("Sent, lost, and given up")
struct ResendTests {
    private let actor = ActorID.test(1)

    /// A world in which a StopActor was executed, its reply lost, and no server is left.
    private func worldAfterLostStop() -> (World, RequestID) {
        let world = World()
        world.submit(.listActors)
        world.run()
        world.answer = { [unowned world] command in
            guard case .stopActor = command else { return World.obedient(command) }
            world.reception = .refuse
            return .drop
        }
        let id = world.submit(.stopActor(actor))
        world.run()
        return (world, id)
    }

    @Test("an idempotent command that may have been executed says so when no dial succeeds")
    func noDialSucceeds() throws {
        let (world, id) = worldAfterLostStop()
        world.advance(by: .seconds(29))
        let failure = try #require(world.failure(id))
        #expect(failure.kind == .notConnected)
        #expect(failure.mayHaveExecuted)
    }

    @Test("also when it is cancelled, or the client closed, while it waits to be sent again")
    func givenUp() throws {
        let (cancelled, first) = worldAfterLostStop()
        cancelled.cancel(first)
        cancelled.run()
        #expect(try #require(cancelled.failure(first)).mayHaveExecuted)
        let (closed, second) = worldAfterLostStop()
        closed.machine.shutDown(drain: .zero, now: closed.now, into: &closed.actions)
        closed.run()
        #expect(try #require(closed.failure(second)).mayHaveExecuted)
    }
}
