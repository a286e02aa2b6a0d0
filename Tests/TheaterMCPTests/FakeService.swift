import Synchronization
import Theater
import TheaterMCP

/// A Theater that does at once what the test says.
struct FakeService: TheaterService {
    /// What every call does.
    enum Behaviour: Sendable {
        case succeed
        case fail(TheaterError)
        /// Waits until the call is cancelled, then fails as the client does.
        case hang
    }

    struct Call: Sendable {
        let name: String
        let timeout: Duration?
        let payload: [UInt8]?
    }

    /// What was asked, and a stream of it for tests that wait.
    final class Recorder: Sendable {
        let events: AsyncStream<String>
        private let continuation: AsyncStream<String>.Continuation
        private let recorded = Mutex<[Call]>([])

        init() {
            (events, continuation) = AsyncStream.makeStream()
        }

        var calls: [Call] { recorded.withLock { $0 } }

        func note(_ call: Call) {
            recorded.withLock { $0.append(call) }
            continuation.yield(call.name)
        }

        func note(_ event: String) {
            continuation.yield(event)
        }
    }

    static let actorText = "6a3f0f57-2f6c-4e0c-9d0e-5f8f3a1b7c11"

    let recorder = Recorder()
    let endpoint = Endpoint(host: "127.0.0.1", port: 9000)
    var behaviour = Behaviour.succeed
    /// Overrides `behaviour` for some calls.
    var exceptions: [String: Behaviour] = [:]
    var state = ConnectionState.closed
    var statistics = ClientStatistics()
    var actors = ActorID(actorText).map { [ActorSummary(id: $0, name: "counter")] } ?? []
    var answer: [UInt8] = Array("pong".utf8)
    var actorState = ActorState.bytes(Array("{\"count\":1}".utf8))
    var events: [ChainEvent] = []

    private func perform(
        _ name: String, _ options: RequestOptions, payload: [UInt8]? = nil
    ) async throws(TheaterError) {
        recorder.note(Call(name: name, timeout: options.timeout, payload: payload))
        switch exceptions[name] ?? behaviour {
        case .succeed:
            return
        case .fail(let error):
            throw error
        case .hang:
            try? await Task.sleep(for: .seconds(86_400))
            recorder.note("cancelled")
            throw .sample(.cancelled)
        }
    }
}

extension FakeService {
    func listActors(options: RequestOptions) async throws(TheaterError) -> [ActorSummary] {
        try await perform("listActors", options)
        return actors
    }

    func startActor(
        manifest: String, initialState: [UInt8]?, options: RequestOptions
    ) async throws(TheaterError) -> ActorID {
        try await perform("startActor", options, payload: initialState)
        return actors[0].id
    }

    func stopActor(_ id: ActorID, options: RequestOptions) async throws(TheaterError) {
        try await perform("stopActor", options)
    }

    func restartActor(
        _ id: ActorID, options: RequestOptions
    ) async throws(TheaterError) -> ActorID {
        try await perform("restartActor", options)
        return id
    }

    func status(
        of id: ActorID, options: RequestOptions
    ) async throws(TheaterError) -> ActorStatus {
        try await perform("status", options)
        return .running
    }

    func state(of id: ActorID, options: RequestOptions) async throws(TheaterError) -> ActorState {
        try await perform("state", options)
        return actorState
    }

    func manifest(
        of id: ActorID, options: RequestOptions
    ) async throws(TheaterError) -> Manifest {
        try await perform("manifest", options)
        do throws(WireError) {
            return try Manifest(["name": "counter"])
        } catch {
            throw .sample(.protocolViolation)
        }
    }

    func eventHistory(
        of id: ActorID, options: RequestOptions
    ) async throws(TheaterError) -> [ChainEvent] {
        try await perform("eventHistory", options)
        return events
    }

    func send(
        _ data: [UInt8], to id: ActorID, options: RequestOptions
    ) async throws(TheaterError) {
        try await perform("send", options, payload: data)
    }

    func request(
        _ data: [UInt8], of id: ActorID, options: RequestOptions
    ) async throws(TheaterError) -> [UInt8] {
        try await perform("request", options, payload: data)
        return answer
    }

    func openChannel(
        to id: ActorID, initialMessage: [UInt8], options: RequestOptions
    ) async throws(TheaterError) -> ChannelID {
        try await perform("openChannel", options, payload: initialMessage)
        return ChannelID("ch_1")
    }

    func send(
        _ message: [UInt8], on channel: ChannelID, options: RequestOptions
    ) async throws(TheaterError) {
        try await perform("sendOnChannel", options, payload: message)
    }

    func closeChannel(
        _ channel: ChannelID, options: RequestOptions
    ) async throws(TheaterError) {
        try await perform("closeChannel", options)
    }
}
