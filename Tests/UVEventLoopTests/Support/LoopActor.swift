import Testing
import UVEventLoop

/// The place a test body runs: on the loop, so that it may use what lives there.
actor LoopActor {
    nonisolated let loop: EventLoop
    /// What a test looks at again after the loop has ended.
    var opened: [Probe] = []

    init(on loop: EventLoop) {
        self.loop = loop
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// A listener on the loopback interface; `accepted` becomes each new stream's delegate.
    func listen(
        options: TCPOptions = .init(), accepted: @escaping (LoopStream) -> Probe
    ) throws -> Listener {
        try Listener(on: loop, address: "127.0.0.1", port: 0, options: options) { stream in
            let probe = accepted(stream)
            probe.stream = stream
            stream.delegate = probe
        }
    }

    func connect(
        to port: UInt16, name: String = "127.0.0.1", options: TCPOptions = .init()
    ) -> Probe {
        let probe = Probe()
        probe.stream = LoopStream.connect(
            on: loop, to: .host(name, port: port), options: options, delegate: probe)
        return probe
    }

    /// Both ends of one connection.
    func pair(
        client clientOptions: TCPOptions = .init(), server serverOptions: TCPOptions = .init()
    ) async throws -> (client: Probe, server: Probe) {
        let server = Probe()
        let listener = try listen(options: serverOptions) { _ in server }
        let client = connect(to: listener.port, options: clientOptions)
        await client.wait { $0.isConnected }
        await server.wait { $0.stream != nil }
        listener.close()
        return (client, server)
    }

    /// Returns when everything the loop was going to do now has been done.
    func turn() async {
        await withCheckedContinuation { continuation in
            loop.submit { continuation.resume() }
        }
    }
}

/// Runs `body` on a new loop, shuts the loop down and expects nothing left of it.
func withLoop(_ body: @Sendable (isolated LoopActor) async throws -> Void) async throws {
    let actor = LoopActor(on: try EventLoop(name: "test-loop"))
    let result: Result<Void, any Error>
    do {
        try await body(actor)
        result = .success(())
    } catch {
        result = .failure(error)
    }
    await actor.loop.shutDown()
    #expect(await actor.loop.liveCounts == .none)
    try result.get()
}
