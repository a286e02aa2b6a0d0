import CBaselineClient
import Theater

/// The C client, in Swift terms.
final class BaselineClient {
    private let client: OpaquePointer
    private let request: [UInt8]

    /// Connects and waits for the echo of an opening fence, as `TheaterClient` does.
    init(server: Server, acknowledgement: SocketPolicy.Acknowledgement) throws {
        var encoder = MessageEncoder(format: server.wireFormat)
        var generator = SystemRandomNumberGenerator()
        let fence = Command.unsubscribeFromActor(
            .random(using: &generator), .random(using: &generator))
        let opening = try encoder.encode(fence.encoded())
        request = try encoder.encode(Command.listActors.encoded())

        var opened: OpaquePointer?
        try Self.check(
            baseline_client_open(
                server.endpoint.host, server.endpoint.port,
                acknowledgement == .immediate
                    ? BASELINE_ACKNOWLEDGE_AT_ONCE : BASELINE_ACKNOWLEDGE_DELAYED,
                &opened), while: "connecting to \(server.endpoint)")
        guard let opened else { throw BenchmarkError(description: "no client") }
        client = opened
        var echoTime: UInt64 = 0
        try Self.check(
            baseline_client_run_batches(client, opening, opening.count, 1, 1, &echoTime),
            while: "waiting for the opening fence (is --wire \(server.wireFormat.rawValue) right?)")
    }

    deinit {
        baseline_client_close(client)
    }

    /// Times of `count` batches of `inFlight` requests, one after the other.
    func batches(_ count: Int, inFlight: Int) throws -> [Duration] {
        let frames = frames(inFlight)
        var times = [UInt64](repeating: 0, count: count)
        try Self.check(
            baseline_client_run_batches(
                client, frames, frames.count, inFlight, count, &times),
            while: "waiting for replies")
        return times.map { .nanoseconds($0) }
    }

    /// `inFlight` requests unanswered at any time, for `duration`.
    func stream(inFlight: Int, for duration: Duration) throws -> Throughput {
        let frames = frames(inFlight)
        var replies = 0
        var time: UInt64 = 0
        let processorTime = try ProcessorTime.spent {
            try Self.check(
                baseline_client_run_stream(
                    client, frames, frames.count, inFlight,
                    UInt64(duration / .nanoseconds(1)), &replies, &time),
                while: "waiting for replies")
        }
        return Throughput(
            replies: replies, time: .nanoseconds(time), processorTime: processorTime)
    }

    private func frames(_ count: Int) -> [UInt8] {
        Array(repeatElement(request, count: count).joined())
    }

    private static func check(_ status: Int32, while activity: String) throws {
        guard status < 0 else { return }
        let text = String(cString: baseline_error_text(status))
        throw BenchmarkError(description: "C client, \(activity): \(text)")
    }
}
