/// Everything that was measured.
struct Results {
    let server: String
    let plan: Plan
    /// By requests in flight, acknowledged at once.
    var roundTrips: [Int: Comparison] = [:]
    /// By requests in flight, acknowledged when the kernel likes.
    var delayed: [Int: Comparison] = [:]
    var throughput = ThroughputComparison()

    init(server: String, plan: Plan) {
        self.server = server
        self.plan = plan
    }

    #if DEBUG
        static let isDebugBuild = true
    #else
        static let isDebugBuild = false
    #endif

    /// What the immediate acknowledgement is for: a batch that waits for a delayed one takes 44 ms.
    static let promptBatch = Duration.milliseconds(2)

    /// Median batches of the Swift client with 2 and 64 in flight.
    var promptBatches: [Duration] {
        Plan.acknowledgementsInFlight.compactMap { roundTrips[$0]?.swift.median }
    }

    var isPrompt: Bool { promptBatches.allSatisfy { $0 < Self.promptBatch } }
}

/// One quantity of both clients, a value per run each.
struct Comparison {
    private(set) var baseline: [Duration] = []
    private(set) var swift: [Duration] = []

    mutating func add(baseline: Duration, swift: Duration) {
        self.baseline.append(baseline)
        self.swift.append(swift)
    }

    /// The median of the runs' ratios: each compares neighbours in time.
    var ratio: Double { zip(swift, baseline).map { $0 / $1 }.median }
}

/// Requests answered in a time.
struct Throughput {
    let replies: Int
    let time: Duration
    /// Of all threads of this process.
    let processorTime: Duration

    var perSecond: Double { Double(replies) / (time / .seconds(1)) }
    var processorTimePerRequest: Duration { processorTime / max(replies, 1) }
}

/// The throughputs of both clients, one per run each.
struct ThroughputComparison {
    private(set) var baseline: [Throughput] = []
    private(set) var swift: [Throughput] = []

    mutating func add(baseline: Throughput, swift: Throughput) {
        self.baseline.append(baseline)
        self.swift.append(swift)
    }

    var ratio: Double { zip(swift, baseline).map { $0.perSecond / $1.perSecond }.median }

    var processorTime: Comparison {
        zip(baseline, swift).reduce(into: Comparison()) {
            $0.add(
                baseline: $1.0.processorTimePerRequest, swift: $1.1.processorTimePerRequest)
        }
    }
}

extension Collection where Element: Comparable & AdditiveArithmetic {
    /// The middle element; the lower one of two, zero of none.
    var median: Element {
        isEmpty ? .zero : sorted()[(count - 1) / 2]
    }
}
