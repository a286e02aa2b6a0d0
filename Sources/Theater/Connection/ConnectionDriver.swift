import TheaterProtocol
import TheaterStateMachine
import UVEventLoop

/// The only code between the machine and libuv: turns callbacks into inputs, runs the actions.
///
/// ```
///   callers ── submit, cancel ──▶ loop inbox ─┐
///                                             ├─▶ machine ─▶ actions ─▶ completions · transport · reports
///   libuv ── connect, read, write, close ─────┘        └──▶ one timer
/// ```
///
/// Lives on the loop thread: everything below `// MARK: Loop` is touched there only, which is what the
/// unchecked `Sendable` stands for. The rest posts to the loop.
final class ConnectionDriver: @unchecked Sendable {
    typealias Continuation = CheckedContinuation<Result<ServerMessage, RequestFailure>, Never>

    let loop: EventLoop
    private let endpoint: Endpoint
    private let socketOptions: TCPOptions
    private let board: StatusBoard
    private let observer: (any ClientObserver)?

    private var machine: ClientStateMachine
    private var actions = Actions()
    private var running = Actions()
    private var waiting: [RequestID: Waiting] = [:]
    private var streams = StreamTable()
    private var consumers: StreamTables
    private var timer: LoopTimer?
    private var armedFor: MonotonicInstant?
    private var isSettleDue = false
    private var closeWaiters: [CheckedContinuation<Void, Never>] = []
    private var isFinished = false

    private struct Waiting {
        let continuation: Continuation
        let command: String
    }

    init(
        loop: EventLoop, configuration: Configuration, board: StatusBoard,
        observer: (any ClientObserver)?
    ) {
        self.loop = loop
        self.board = board
        self.observer = observer
        endpoint = configuration.endpoint
        socketOptions = TCPOptions(configuration.socket)
        consumers = StreamTables(limits: configuration.streams)
        let seed = configuration.seed ?? UInt64.random(in: .min ... .max)
        machine = ClientStateMachine(settings: configuration.settings, seed: seed)
    }

    // MARK: Any thread

    /// `continuation` is resumed exactly once.
    func submit(_ submission: Submission, continuation: Continuation) {
        let isAccepted = loop.submit { [self] in
            waiting[submission.id] = Waiting(
                continuation: continuation, command: submission.command.name)
            input { machine.submit(submission, now: $0, into: &$1) }
        }
        if !isAccepted {
            continuation.resume(
                returning: .failure(RequestFailure(kind: .clientClosed, phase: .queued)))
        }
    }

    /// Does nothing when the request has ended.
    func cancel(_ id: RequestID) {
        loop.submit { [self] in
            input { machine.cancel(id, now: $0, into: &$1) }
        }
    }

    // MARK: Streams

    /// `buffer` gets the events until `unsubscribe`.
    func subscribe(_ key: SubscriptionKey, to actor: ActorID, buffer: EventBuffer) {
        let isAccepted = loop.submit { [self] in
            guard !isFinished else { return buffer.end(nil) }
            consumers.insert(buffer, for: key)
            input { _, _ in machine.subscribe(key, to: actor) }
        }
        if !isAccepted { buffer.end(nil) }
    }

    /// For a StartActor that subscribes: `buffer` gets the events from the first one on.
    func prepare(_ key: SubscriptionKey, buffer: EventBuffer) {
        let isAccepted = loop.submit { [self] in
            guard !isFinished else { return buffer.end(nil) }
            consumers.insert(buffer, for: key)
        }
        if !isAccepted { buffer.end(nil) }
    }

    func unsubscribe(_ key: SubscriptionKey) {
        loop.submit { [self] in
            consumers.remove(key)
            input { machine.unsubscribe(key, into: &$1) }
        }
    }

    /// The messages of a channel, also those that came before this call.
    func buffer(of channel: ChannelID) async -> ChannelBuffer? {
        await withCheckedContinuation { continuation in
            let isAccepted = loop.submit { [self] in
                continuation.resume(returning: isFinished ? nil : claim(channel))
            }
            if !isAccepted { continuation.resume(returning: nil) }
        }
    }

    /// Loop only.
    ///
    /// A channel that is not open, or never was this client's, has a buffer that has ended.
    private func claim(_ channel: ChannelID) -> ChannelBuffer {
        // What has been read already comes first.
        settle()
        let buffer = consumers.buffer(of: channel)
        if !machine.isOpen(channel) {
            buffer.end(.streamEnded(.channelClosed, endpoint))
            consumers.forget(channel)
        }
        return buffer
    }

    func forget(_ channel: ChannelID) {
        loop.submit { [self] in consumers.forget(channel) }
    }

    // MARK: Any thread

    /// Returns when every connection is closed and every request has ended.
    func shutDown(drain: Duration) async {
        await withCheckedContinuation { continuation in
            let isAccepted = loop.submit { [self] in
                guard !isFinished else { return continuation.resume() }
                closeWaiters.append(continuation)
                input { machine.shutDown(drain: drain, now: $0, into: &$1) }
            }
            if !isAccepted { continuation.resume() }
        }
    }

    /// The client was dropped without being closed.
    ///
    /// Its callers hold it, so none is left: the loop ends and takes its connections with it.
    func abandon() {
        loop.shutDownDetached()
    }

    // MARK: Loop

    /// One input.
    ///
    /// Its actions wait for `settle`, which runs once after all inputs of a turn: so a hundred
    /// requests of one turn make one write.
    private func input(_ body: (MonotonicInstant, inout Actions) -> Void) {
        body(.now, &actions)
        guard !isSettleDue else { return }
        isSettleDue = true
        let isAccepted = loop.submit { [self] in
            isSettleDue = false
            settle()
        }
        if !isAccepted {
            // The loop is ending and runs what it has accepted: there is no later turn to wait for.
            isSettleDue = false
            settle()
        }
    }

    private func settle() {
        let now = MonotonicInstant.now
        machine.settle(now: now, into: &actions)
        while !actions.isEmpty { run() }
        board.update(gauge: machine.gauge)
        armTimer(now: now)
    }

    /// Runs what has gathered.
    ///
    /// The actions are taken out first: running one may cause an input.
    private func run() {
        swap(&actions, &running)
        for completion in running.completions { complete(completion) }
        for action in running.transport { perform(action) }
        for push in running.pushes { consumers.deliver(push, endpoint: endpoint) }
        for report in running.reports { publish(report) }
        running.removeAll()
    }

    private func complete(_ completion: Completion) {
        guard let entry = waiting.removeValue(forKey: completion.request) else { return }
        board.didComplete(completion.outcome)
        entry.continuation.resume(returning: completion.outcome)
    }

    private func perform(_ action: TransportAction) {
        switch action {
        case .open(let connection):
            let stream = LoopStream.connect(
                on: loop, to: .host(endpoint.host, port: endpoint.port), options: socketOptions,
                delegate: self)
            streams.insert(stream, for: connection)
        case .write(let connection, let buffers, let token):
            streams[connection]?.write(buffers, token: token)
        case .close(let connection):
            streams[connection]?.close()
        case .finished:
            isFinished = true
            timer?.close()
            timer = nil
            consumers.endAll()
            for waiter in closeWaiters { waiter.resume() }
            closeWaiters = []
        }
    }

    private func armTimer(now: MonotonicInstant) {
        let next = isFinished ? nil : machine.nextDeadline()
        guard next != armedFor else { return }
        armedFor = next
        guard let next else {
            timer?.disarm()
            return
        }
        let timer = self.timer ?? LoopTimer(on: loop) { [weak self] in self?.timerFired() }
        self.timer = timer
        timer.arm(after: max(next - now, .zero))
    }

    private func timerFired() {
        armedFor = nil
        input { machine.deadlineReached(now: $0, into: &$1) }
    }

    private func publish(_ report: Report) {
        let event = ClientEvent(report, now: .now) { waiting[$0]?.command ?? "" }
        board.didObserve(event)
        observer?.observe(event)
    }
}

extension ConnectionDriver: LoopStreamDelegate {
    func streamDidConnect(_ stream: LoopStream) {
        guard let connection = streams.connection(of: stream) else { return }
        input { machine.connected(connection, now: $0, into: &$1) }
    }

    func stream(_ stream: LoopStream, didRead bytes: [UInt8]) {
        guard let connection = streams.connection(of: stream) else { return }
        input { machine.received(bytes, on: connection, now: $0, into: &$1) }
    }

    func stream(_ stream: LoopStream, didFinishWrite token: UInt64, handedOver: Bool) {
        guard let connection = streams.connection(of: stream) else { return }
        machine.wrote(connection, token: token, handedOver: handedOver)
    }

    func streamDidClose(_ stream: LoopStream, reason: StreamCloseReason) {
        guard let connection = streams.remove(stream) else { return }
        input { machine.ended(connection, cause: LinkFailure(reason), now: $0, into: &$1) }
    }
}
