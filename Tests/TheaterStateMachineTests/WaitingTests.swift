import Testing
import TheaterProtocol
import TheaterStateMachine

@Suite("Waiting for a lane")
struct WaitingTests {
    @Test(
        "who waits for room on a lane that stands does not share the failures of other lanes' dials"
    )
    func otherLanesDials() {
        let world = World()
        world.answer = { _ in .silence }
        let ids = (0..<80).map { world.submit(.getActorStatus(.test(UInt64($0)))) }
        world.run()
        #expect(world.machine.gauge.queued == 16)
        world.reception = .refuse
        let other = world.submit(.sendActorMessage(.test(1), data: []))
        world.advance(by: .seconds(10))
        #expect(world.failure(other)?.kind == .notConnected)
        #expect(ids.allSatisfy { world.outcome($0) == nil })
    }

    @Test(
        "reads that overlap for ever starve no command that needs a lane to itself",
        arguments: [1, 2])
    func starvation(workLanes: Int) {
        var settings = Settings()
        settings.workLanes = workLanes
        settings.inFlightPerLane = 4
        let simulation = Simulation(settings: settings)
        func read() {
            simulation.submit(.getActorState(.test(UInt64(simulation.calls.count))))
        }
        for _ in 0..<8 { read() }
        while simulation.machine.gauge.lanes < workLanes { simulation.serveEverything() }
        let id = simulation.submit(.sendActorMessage(.test(1), data: []))
        for _ in 0..<100 where simulation.calls[id]?.isLive == true {
            // There is always another read before the last one is answered.
            for connection in simulation.connections {
                read()
                simulation.kernelTakes(connection, bytes: .max)
                simulation.acknowledge(connection)
                simulation.execute(on: connection)
                simulation.deliver(on: connection)
            }
        }
        #expect(simulation.calls[id]?.executions == 1)
        #expect(simulation.violations.isEmpty)
    }

    @Test("a command is not written after its deadline")
    func expired() {
        let world = World()
        world.submit(.sendActorMessage(.test(1), data: []))
        world.run()
        let id = world.submit(.sendActorMessage(.test(1), data: []), timeout: .zero)
        world.advance(by: .zero)
        #expect(world.failure(id)?.kind == .timedOut)
        #expect(world.failure(id)?.mayHaveExecuted == false)
    }
}
