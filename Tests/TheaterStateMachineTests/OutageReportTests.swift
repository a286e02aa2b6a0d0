import Testing
import TheaterProtocol
import TheaterStateMachine

@Suite("Outages and their reports")
struct OutageReportTests {
    private let actor = ActorID.test(1)

    @Test("a lane lost and redialled while another stands is no outage")
    func laneLost() {
        let world = World()
        world.submit(.listActors)
        world.submit(.sendActorMessage(actor, data: []))
        world.run()
        world.close(world.openConnections[1])
        world.run()
        world.advance(by: .seconds(20))
        world.submit(.sendActorMessage(actor, data: []))
        world.run()
        #expect(world.openConnections.count == 2)
        #expect(!world.reports.contains { if case .recovered = $0 { true } else { false } })
    }

    @Test("the echo of a caller's own UnsubscribeFromActor proves no runtime")
    func unsubscribeProvesNothing() {
        let world = World()
        world.reception = .refuse
        let first = world.submit(.listActors)
        world.advance(by: .seconds(1))
        world.cancel(first)
        world.reception = .accept
        var generator = SeededGenerator(seed: 1)
        let id = world.submit(.unsubscribeFromActor(actor, .random(using: &generator)))
        world.advance(by: .seconds(2))
        #expect(world.reply(id) == .unsubscribed(actor))
        world.closeAll()
        world.reception = .refuse
        let dials = world.dialTimes.count
        world.submit(.listActors)
        world.run()
        // The wait goes on from where it was.
        #expect(world.dialTimes.count == dials)
    }
}
