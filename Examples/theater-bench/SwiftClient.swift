import Theater

/// The client of this package, called from ordinary tasks: what its users get.
struct SwiftClient {
    private let client: TheaterClient

    /// Connects and asks once, so that no measurement dials.
    init(server: Server, acknowledgement: SocketPolicy.Acknowledgement) async throws {
        var configuration = Configuration(endpoint: server.endpoint)
        configuration.wireFormat = .fixed(server.wireFormat)
        configuration.socket.acknowledgement = acknowledgement
        client = TheaterClient(configuration: configuration)
        _ = try await client.listActors()
    }

    func close() async {
        await client.close()
    }

    /// Times of `count` batches of `inFlight` requests, one after the other; a request alone is
    /// awaited as it is, several are a task each.
    @concurrent
    func batches(_ count: Int, inFlight: Int) async throws -> [Duration] {
        var times: [Duration] = []
        times.reserveCapacity(count)
        for _ in 0..<count {
            let start = ContinuousClock.now
            if inFlight == 1 {
                _ = try await client.listActors()
            } else {
                try await withThrowingTaskGroup { [client] group in
                    for _ in 0..<inFlight {
                        group.addTask { _ = try await client.listActors() }
                    }
                    try await group.waitForAll()
                }
            }
            times.append(ContinuousClock.now - start)
        }
        return times
    }

    /// `inFlight` tasks, each of which asks again and again, for `duration`.
    @concurrent
    func stream(inFlight: Int, for duration: Duration) async throws -> Throughput {
        let start = ContinuousClock.now
        let (replies, processorTime) = try await ProcessorTime.spent { [client] in
            try await withThrowingTaskGroup { group in
                for _ in 0..<inFlight {
                    group.addTask {
                        var replies = 0
                        while ContinuousClock.now - start < duration {
                            _ = try await client.listActors()
                            replies += 1
                        }
                        return replies
                    }
                }
                return try await group.reduce(0, +)
            }
        }
        return Throughput(
            replies: replies, time: ContinuousClock.now - start, processorTime: processorTime)
    }
}
