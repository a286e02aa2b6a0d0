import TheaterProtocol
import UVEventLoop

/// A stand-in Theater server inside the process: real sockets, its own loop thread, and faults on
/// demand.
///
/// It answers as the real servers were recorded to answer, era by era, silences and dropped
/// connections included, but at once. Its actors are scripted: start one with the manifest
/// `actors/prober.toml` (or the text or path of any manifest with a `name`) and send it `trap`,
/// `big:1000`, `none` and so on.
///
/// ```swift
/// let server = try await TestServer.start()
/// await server.inject(Fault(.cutBeforeReply(.close), on: .command("ListActors")))
/// // … let a client talk to server.address …
/// await server.waitUntil { $0.executions["ListActors"] == 2 }
/// await server.close()
/// ```
///
/// Every method may be called from anywhere, at any time, and ends, after `close()` too.
public final class TestServer: Sendable {
    /// Where the server listens.
    public let port: UInt16
    /// What it was started with.
    public let configuration: Configuration
    let loop: EventLoop
    let runner: ServerRunner
    private let last = LastStatistics()

    private init(
        loop: EventLoop, runner: ServerRunner, configuration: Configuration, port: UInt16
    ) {
        self.loop = loop
        self.runner = runner
        self.configuration = configuration
        self.port = port
    }

    /// Starts a server; it must be ended with `close()`.
    ///
    /// - Parameter configuration: What to imitate, and where to listen.
    /// - Returns: A server that accepts connections.
    /// - Throws: `TestServerError` when the address cannot be listened on.
    public static func start(
        _ configuration: Configuration = .init()
    ) async throws(TestServerError) -> TestServer {
        let loop: EventLoop
        do throws(UVError) {
            loop = try EventLoop(name: "theater-server")
        } catch {
            throw TestServerError(description: "cannot start an event loop: \(error)")
        }
        let runner = ServerRunner(loop: loop, configuration: configuration)
        switch await loop.ask({ runner.listen(on: configuration.port) }) {
        case .success(let port):
            return TestServer(
                loop: loop, runner: runner, configuration: configuration, port: port)
        case .failure(let error):
            await loop.shutDown()
            throw error
        case nil:
            throw TestServerError(description: "the event loop has ended")
        }
    }

    /// Starts a server for the time of `body`, and closes it then.
    ///
    /// - Parameters:
    ///   - configuration: What to imitate, and where to listen.
    ///   - body: Uses the server.
    /// - Returns: What `body` returns.
    /// - Throws: `TestServerError`, or what `body` throws.
    public static func withServer<Value>(
        _ configuration: Configuration = .init(), _ body: (TestServer) async throws -> Value
    ) async throws -> Value {
        let server = try await start(configuration)
        do {
            let value = try await body(server)
            await server.close()
            return value
        } catch {
            await server.close()
            throw error
        }
    }

    /// "127.0.0.1:PORT", an IPv6 host in brackets.
    public var address: String {
        let host = configuration.host
        return (host.contains(":") ? "[\(host)]" : host) + ":\(port)"
    }

    /// Closes the listener and every connection, as SIGKILL does: peers see the end of the stream,
    /// then refused connections.
    public func stop() async {
        let runner = self.runner
        let _: Void? = await loop.askLater { done in runner.stop { done(()) } }
    }

    /// Whether actors live through a restart.
    public enum ActorsAfterRestart: Sendable, Hashable {
        /// As with a real server, which keeps nothing.
        case forgotten
        /// The actors, their states and event chains stay; nobody is subscribed to them.
        case kept
    }

    /// Stops if need be, and listens on the same port again.
    ///
    /// Faults and statistics stay.
    ///
    /// - Parameter actors: What becomes of the actors.
    /// - Throws: `TestServerError` when the port was taken meanwhile, or the server is closed.
    public func restart(_ actors: ActorsAfterRestart = .forgotten) async throws(TestServerError) {
        await stop()
        let (runner, port) = (self.runner, self.port)
        let result = await loop.ask {
            if actors == .forgotten { runner.forgetActors() }
            return runner.listen(on: port)
        }
        guard let result else { throw TestServerError(description: "the server was closed") }
        _ = try result.get()
    }

    /// Ends everything and frees the loop; a server cannot be restarted after this.
    public func close() async {
        await stop()
        let runner = self.runner
        if let statistics = await loop.ask({ runner.end() }) { await last.keep(statistics) }
        await loop.shutDown()
    }

    // MARK: Faults

    /// Adds a fault to the end of the script.
    ///
    /// - Parameter fault: What to do wrong, and when.
    public func inject(_ fault: Fault) async {
        let runner = self.runner
        await loop.ask { runner.inject(fault) }
    }

    /// Empties the script.
    public func removeFaults() async {
        let runner = self.runner
        await loop.ask { runner.removeFaults() }
    }

    /// Ends every connection; the listener stays.
    ///
    /// - Parameter how: What the peers see.
    public func dropConnections(_ how: Fault.Cut = .close) async {
        let runner = self.runner
        await loop.ask { runner.dropConnections(how) }
    }

    // MARK: Watching

    /// What has happened so far; after `close()`, in all.
    public var statistics: Statistics {
        get async {
            let runner = self.runner
            if let statistics = await loop.ask({ runner.statistics }) { return statistics }
            return await last.statistics
        }
    }

    /// Waits until the statistics fulfil a condition, without polling.
    ///
    /// Ends early, with the condition unfulfilled, when the server is closed or the task cancelled.
    ///
    /// - Parameter condition: Looks at the statistics after each event of the server; for example
    ///   `{ $0.executions["ListActors"] == 3 }`.
    /// - Returns: The statistics that ended the wait.
    @discardableResult
    public func waitUntil(
        _ condition: @escaping @Sendable (Statistics) -> Bool
    ) async -> Statistics {
        let (runner, loop, id) = (self.runner, self.loop, WaiterID())
        let met: Statistics? = await withTaskCancellationHandler {
            await withCheckedContinuation {
                (continuation: CheckedContinuation<Statistics?, Never>) in
                let waiter = Waiter(condition: condition) { continuation.resume(returning: $0) }
                let isTaken = loop.submit { runner.wait(id, waiter) }
                guard isTaken else { return continuation.resume(returning: nil) }
                // A task cancelled before this wait began has had its handler run already.
                if Task.isCancelled { loop.submit { runner.cancelWait(id) } }
            }
        } onCancel: {
            loop.submit { runner.cancelWait(id) }
        }
        if let met { return met }
        return await last.statistics
    }
}

/// What a closed server still knows.
private actor LastStatistics {
    private(set) var statistics = TestServer.Statistics()

    func keep(_ statistics: TestServer.Statistics) {
        self.statistics = statistics
    }
}
