import Theater

/// How much is measured.
struct Plan {
    /// C and Swift take turns in each, so that a disturbance of the machine meets both.
    let runs: Int
    /// For one throughput measurement; a row of round trips gets a fifth of it.
    let slice: Duration

    static let roundTripsInFlight = [1, 2, 8, 64]
    static let acknowledgementsInFlight = [2, 64]
    static let throughputInFlight = 64

    /// Batches that fill a row's time.
    func batches(taking time: Duration) -> Int {
        min(max(Int(slice / 5 / time), 20), 20_000)
    }

    /// A delayed batch takes as long as a hundred others.
    static let delayedBatches = 5
    /// A new connection is acknowledged at once for a while, delayed or not.
    static let warmUpBatches = 10
}

/// Both clients, with the acknowledgement at once and delayed, on one server.
struct Benchmark {
    private let plan: Plan
    private let baseline: BaselineClient
    private let swift: SwiftClient
    private let delayedBaseline: BaselineClient
    private let delayedSwift: SwiftClient

    static func run(on server: Server, plan: Plan) async throws -> Results {
        let benchmark = try await Benchmark(server: server, plan: plan)
        var results = Results(server: server.description, plan: plan)
        for _ in 0..<plan.runs { try await benchmark.measure(into: &results) }
        await benchmark.swift.close()
        await benchmark.delayedSwift.close()
        return results
    }

    private init(server: Server, plan: Plan) async throws {
        self.plan = plan
        baseline = try BaselineClient(server: server, acknowledgement: .immediate)
        delayedBaseline = try BaselineClient(server: server, acknowledgement: .delayed)
        swift = try await SwiftClient(server: server, acknowledgement: .immediate)
        delayedSwift = try await SwiftClient(server: server, acknowledgement: .delayed)
    }

    /// One run: every row once, with both clients.
    private func measure(into results: inout Results) async throws {
        for inFlight in Plan.roundTripsInFlight {
            let trial = try baseline.batches(Plan.warmUpBatches, inFlight: inFlight)
            _ = try await swift.batches(Plan.warmUpBatches, inFlight: inFlight)
            let count = plan.batches(taking: trial.median)
            results.roundTrips[inFlight, default: .init()].add(
                baseline: try baseline.batches(count, inFlight: inFlight).median,
                swift: try await swift.batches(count, inFlight: inFlight).median)
        }
        results.throughput.add(
            baseline: try baseline.stream(inFlight: Plan.throughputInFlight, for: plan.slice),
            swift: try await swift.stream(inFlight: Plan.throughputInFlight, for: plan.slice))
        for inFlight in Plan.acknowledgementsInFlight {
            _ = try delayedBaseline.batches(Plan.warmUpBatches, inFlight: inFlight)
            _ = try await delayedSwift.batches(Plan.warmUpBatches, inFlight: inFlight)
            let count = Plan.delayedBatches
            results.delayed[inFlight, default: .init()].add(
                baseline: try delayedBaseline.batches(count, inFlight: inFlight).median,
                swift: try await delayedSwift.batches(count, inFlight: inFlight).median)
        }
    }
}
