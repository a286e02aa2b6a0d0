import Foundation
import Testing

/// Long random runs; a failing one names its seed.
///
/// `THEATER_SIMULATION_SEED` plays one seed, `THEATER_SIMULATION_SEEDS` so many of them.
@Suite("Random runs")
struct SimulationTests {
    private static let seeds: ClosedRange<UInt64> = {
        let environment = ProcessInfo.processInfo.environment
        if let seed = environment["THEATER_SIMULATION_SEED"].flatMap(UInt64.init) {
            return seed...seed
        }
        return 1...(environment["THEATER_SIMULATION_SEEDS"].flatMap(UInt64.init) ?? 25)
    }()

    @Test("every promise holds, in every seed")
    func promises() {
        for seed in Self.seeds {
            var run = RandomRun(seed: seed)
            run.run(operations: 1_500)
            #expect(
                run.simulation.violations.isEmpty,
                "THEATER_SIMULATION_SEED=\(seed): \(run.simulation.violations.prefix(3))")
        }
    }

    @Test("a seed plays the same again")
    func reproducible() {
        var first = RandomRun(seed: 7)
        var second = RandomRun(seed: 7)
        first.run(operations: 500)
        second.run(operations: 500)
        #expect(first.simulation.now == second.simulation.now)
        #expect(first.simulation.executionCount == second.simulation.executionCount)
        #expect(first.simulation.calls.count == second.simulation.calls.count)
    }
}
