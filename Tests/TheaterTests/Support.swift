import Synchronization
import TheaterTesting
import UVEventLoop

@testable import Theater

/// A loopback address of its own for each test that comes back to a port: on 127.0.0.1, another test may
/// take a port that is free for a moment.
enum Loopback {
    private static let count = Atomic(0)

    static func next() -> String {
        let number = count.add(1, ordering: .relaxed).newValue
        return "127.0.\(number / 250 + 1).\(number % 250 + 1)"
    }
}

/// A stand-in server and a client of it; both closed afterwards, with nothing left alive.
func withServerAndClient(
    era: ServerEra = .june2025, socket: SocketPolicy = .init(),
    observer: (any ClientObserver)? = nil,
    _ body: (TestServer, TheaterClient) async throws -> Void
) async throws {
    var stage = TestServer.Configuration(era: era)
    stage.host = Loopback.next()
    try await TestServer.withServer(stage) { server in
        var configuration = Configuration(
            endpoint: Endpoint(host: server.configuration.host, port: server.port))
        configuration.socket = socket
        try await withClient(configuration, observer: observer) { client in
            try await body(server, client)
        }
    }
}

/// A client that is closed afterwards; its loop ends without a handle or a request.
func withClient(
    _ configuration: Configuration, observer: (any ClientObserver)? = nil,
    _ body: (TheaterClient) async throws -> Void
) async throws {
    let client = TheaterClient(configuration: configuration, observer: observer)
    do {
        try await body(client)
    } catch {
        await client.close(drain: .zero)
        throw error
    }
    await client.close(drain: .zero)
    if let loop = client.loop {
        let counts = await loop.liveCounts
        precondition(counts.handles == 0 && counts.requests == 0, "\(counts)")
    }
    precondition(client.state == .closed)
}

/// Keeps what a client reports.
final class Recorder: ClientObserver {
    private let recorded = Mutex<[ClientEvent]>([])

    func observe(_ event: ClientEvent) {
        recorded.withLock { $0.append(event) }
    }

    var events: [ClientEvent] { recorded.withLock { $0 } }

    var dials: Int {
        events.count { if case .dialStarted = $0 { true } else { false } }
    }

    var recoveries: Int {
        events.count { if case .recovered = $0 { true } else { false } }
    }
}

/// The error of a call that must fail.
func error(of call: () async throws(TheaterError) -> Void) async -> TheaterError? {
    do throws(TheaterError) {
        try await call()
        return nil
    } catch {
        return error
    }
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
