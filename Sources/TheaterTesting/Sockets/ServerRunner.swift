import TheaterProtocol
import UVEventLoop

/// Runs a `ServerMachine` on sockets: one listener, one timer, a `ServerConnection` each.
///
/// Everything but `loop` is touched on the loop's thread only, which is what makes it `Sendable`:
/// `TestServer` reaches it through `EventLoop.ask`.
final class ServerRunner: @unchecked Sendable {
    let loop: EventLoop
    private let host: String
    private let startedAt = EventLoop.nowNanoseconds
    private var machine: ServerMachine
    private var listener: Listener?
    private var deadline: LoopTimer?
    private var connections: [ConnectionID: ServerConnection] = [:]
    private var waiters: [WaiterID: Waiter] = [:]
    private var isStopping = false
    private var isListenerClosing = false
    private var stopCompletions: [@Sendable () -> Void] = []
    private var isEnded = false
    private var signals: [LoopSignal] = []

    init(loop: EventLoop, configuration: TestServer.Configuration) {
        self.loop = loop
        host = configuration.host
        machine = ServerMachine(
            era: configuration.era, seed: configuration.seed,
            manifests: ManifestStore(readFile: ManifestFiles.read), latency: configuration.latency,
            clockOrigin: WallClock.millisecondsSince1970)
    }

    private var now: Duration {
        .nanoseconds(Int64(EventLoop.nowNanoseconds - startedAt))
    }

    // MARK: Listening

    /// Listens; gives the port.
    func listen(on port: UInt16) -> Result<UInt16, TestServerError> {
        guard !isEnded else {
            return .failure(TestServerError(description: "the server was closed"))
        }
        do throws(UVError) {
            let listener = try Listener(on: loop, address: host, port: port, options: .server) {
                [weak self] stream in self?.accept(stream)
            }
            self.listener = listener
            return .success(listener.port)
        } catch {
            return .failure(
                TestServerError(description: "cannot listen on \(host):\(port): \(error)"))
        }
    }

    private func accept(_ stream: LoopStream) {
        let (id, actions) = machine.openConnection(now: now)
        let connection = ServerConnection(
            id: id, stream: stream, runner: self, era: machine.era,
            fragmentBytes: machine.fragmentBytes)
        connections[id] = connection
        run(actions)
        settle()
    }

    func stop(then completion: @escaping @Sendable () -> Void) {
        stopCompletions.append(completion)
        guard !isStopping else { return }
        isStopping = true
        for connection in connections.values {
            machine.closeConnection(connection.id, now: now)
            connection.close()
        }
        let listener = self.listener
        self.listener = nil
        guard let listener else { return finishStopping() }
        isListenerClosing = true
        listener.close { [weak self] in
            self?.isListenerClosing = false
            self?.finishStopping()
        }
        settle()
    }

    private func finishStopping() {
        guard isStopping, !isListenerClosing, connections.isEmpty else { return }
        isStopping = false
        let completions = stopCompletions
        stopCompletions = []
        for completion in completions { completion() }
    }

    func forgetActors() {
        machine.forgetActors()
    }

    // MARK: Connections

    /// Hands in what the connection has received, as far as the machine reads on.
    func pump(_ connection: ServerConnection) {
        while machine.isReading(connection.id), !connection.isCongested {
            do throws(WireError) {
                guard let message = try connection.nextMessage(now: now) else { break }
                let command = try? Command(decoding: message, era: machine.era)
                run(machine.receive(command, on: connection.id, now: now))
            } catch {
                run(machine.receiveBrokenFrame(on: connection.id, now: now))
            }
        }
        connection.setReading(machine.isReading(connection.id) && !connection.isCongested)
        settle()
    }

    func encodingFailed(on connection: ServerConnection) {
        machine.markWriterDead(on: connection.id)
    }

    func connectionDidClose(_ connection: ServerConnection) {
        connections[connection.id] = nil
        machine.closeConnection(connection.id, now: now)
        finishStopping()
        settle()
    }

    func dropConnections(_ cut: Fault.Cut) {
        run(machine.cutAll(cut, now: now))
        settle()
    }

    private func run(_ actions: [ServerAction]) {
        for action in actions {
            switch action {
            case .send(let message, let id, let delivery):
                connections[id]?.send(message, delivery)
            case .sendBytes(let bytes, let id):
                connections[id]?.send(bytes)
            case .stopReading(let id):
                connections[id]?.setReading(false)
            case .resumeReading(let id):
                if let connection = connections[id] { pump(connection) }
            case .cut(let id, let cut):
                connections[id]?.cut(cut)
            }
        }
    }

    /// After every input: the next deadline, and whoever waits for what has happened.
    private func settle() {
        for (id, waiter) in waiters where waiter.condition(machine.statistics) {
            waiters[id] = nil
            waiter.resume(machine.statistics)
        }
        guard let due = machine.nextDeadline else {
            deadline?.disarm()
            return
        }
        let timer = deadline ?? LoopTimer(on: loop) { [weak self] in self?.deadlineReached() }
        deadline = timer
        timer.arm(after: max(due - now, .zero))
    }

    private func deadlineReached() {
        run(machine.reachTime(now))
        settle()
    }

    // MARK: Scripting and watching

    func inject(_ fault: Fault) {
        machine.inject(fault)
    }

    func removeFaults() {
        machine.removeFaults()
    }

    var statistics: TestServer.Statistics { machine.statistics }

    func wait(_ id: WaiterID, _ waiter: Waiter) {
        if isEnded || waiter.condition(machine.statistics) {
            waiter.resume(machine.statistics)
        } else {
            waiters[id] = waiter
        }
    }

    func cancelWait(_ id: WaiterID) {
        waiters.removeValue(forKey: id)?.resume(machine.statistics)
    }

    /// A signal that cannot be watched keeps its default action.
    func watch(signal number: Int32, handler: @escaping () -> Void) {
        guard !isEnded,
            let signal = try? LoopSignal(on: loop, signal: number, handler: handler)
        else { return }
        signals.append(signal)
    }

    /// After `stop`: nobody waits any more, no handle is left.
    func end() -> TestServer.Statistics {
        isEnded = true
        deadline?.close()
        deadline = nil
        for signal in signals { signal.close() }
        signals = []
        for waiter in waiters.values { waiter.resume(machine.statistics) }
        waiters.removeAll()
        return machine.statistics
    }
}

/// Tells one wait from another.
struct WaiterID: Hashable, Sendable {
    private let number = UInt64.random(in: .min ... .max)
}

/// A caller of `TestServer.waitUntil`.
struct Waiter: Sendable {
    let condition: @Sendable (TestServer.Statistics) -> Bool
    let resume: @Sendable (TestServer.Statistics) -> Void
}
