import TheaterProtocol

@testable import TheaterStateMachine

/// The machine between a kernel and a server whose every step is asked for: nothing happens by itself.
///
/// After each step `violations` names the promises that were broken. The server executes what reaches
/// it even when the client has given the connection up, as real ones do.
final class Simulation {
    var machine: ClientStateMachine
    var actions = Actions()
    var now = MonotonicInstant(nanoseconds: 1_000_000_000)
    let settings: Settings

    /// What the server speaks.
    var format: WireFormat
    /// What the server passes over in silence.
    var unknownCommands: Set<String> = []
    /// `.ended` follows a `close` in the same step.
    var closesAtOnce = true

    var calls: [RequestID: SimulatedCall] = [:]
    /// Calls without an outcome, oldest first.
    var live: [RequestID] = []
    /// Connections that have not ended, oldest first.
    var connections: [SimulatedConnection] = []
    var endedConnections: [ConnectionID] = []
    var requestOfMessage: [[UInt8]: RequestID] = [:]
    var openedChannels: [ChannelID] = []
    var violations: [String] = []
    var isFinished = false
    var lastReport: LinkState?
    var dialWatch = DialWatch()
    /// Reported as started, and still to be opened.
    var announcedDials = 0
    var executionCount: UInt64 = 0
    /// The clock jumped to here past deadlines: what ends now ends late without fault.
    var stallEnd: MonotonicInstant?
    var didSomething = false

    init(settings: Settings = Settings(), format: WireFormat = .plain, seed: UInt64 = 1) {
        self.settings = settings
        self.format = format
        machine = ClientStateMachine(settings: settings, seed: seed)
    }

    func violated(_ text: String) {
        violations.append(text)
    }

    // MARK: Callers

    @discardableResult
    func submit(_ command: Command, timeout: Duration = .seconds(30)) -> RequestID {
        let id = RequestID(UInt64(calls.count + 1))
        let message = command.encoded()
        calls[id] = SimulatedCall(id: id, command: command, deadline: now + timeout)
        live.append(id)
        requestOfMessage[message] = id
        machine.submit(
            Submission(id: id, command: command, message: message, deadline: now + timeout),
            now: now, into: &actions)
        settle()
        return id
    }

    func cancel(_ id: RequestID) {
        machine.cancel(id, now: now, into: &actions)
        if calls[id]?.isLive == true, !actions.completions.contains(where: { $0.request == id }) {
            violated("\(id) cancelled and not told at once")
        }
        settle()
    }

    func shutDown(drain: Duration) {
        machine.shutDown(drain: drain, now: now, into: &actions)
        settle()
    }

    // MARK: Time

    /// To the next deadline, or by the duration when that is shorter.
    func advance(by duration: Duration) {
        let end = now + duration
        now = min(end, max(now, machine.nextDeadline() ?? end))
        settle()
    }

    // MARK: Kernel and server

    func dialSucceeds(_ connection: SimulatedConnection) {
        connection.phase = .established
        machine.connected(connection.id, now: now, into: &actions)
        settle()
    }

    func kernelTakes(_ connection: SimulatedConnection, bytes: Int) {
        for case .request(let id) in connection.take(bytes) { calls[id]?.handovers += 1 }
    }

    /// The callbacks of the writes that the kernel has taken.
    func acknowledge(_ connection: SimulatedConnection) {
        for token in connection.unreported {
            machine.wrote(connection.id, token: token, handedOver: true)
        }
        connection.unreported = []
        settle()
    }

    /// The server takes the oldest command it has.
    func execute(on connection: SimulatedConnection) {
        guard !connection.inKernel.isEmpty else { return }
        let content = connection.inKernel.removeFirst()
        switch content {
        case .unreadable:
            if format == .fragmenting { end(connection, cause: .closedByPeer) }
        case .fence(let id):
            if !connection.isHalfDead { connection.send(.unsubscribed(id), answering: content) }
        case .request(let id):
            guard let command = calls[id]?.command, !unknownCommands.contains(command.name) else {
                return
            }
            executionCount += 1
            calls[id]?.executions += 1
            let answer = command.simulatedAnswer(number: executionCount)
            calls[id]?.answers.append(answer)
            if case .channelOpened(let channel, _) = answer { openedChannels.append(channel) }
            if !connection.isHalfDead { connection.send(answer, answering: content) }
        }
    }

    func deliver(on connection: SimulatedConnection, bytes: Int = .max) {
        let replies = connection.answers.count { $0.content.isRequest }
        let bytes = connection.deliver(bytes)
        // Also the late reply of a request that was given up.
        if connection.answers.count(where: { $0.content.isRequest }) < replies {
            dialWatch.didProve()
        }
        guard !connection.isClosing, !bytes.isEmpty else { return }
        machine.received(bytes, on: connection.id, now: now, into: &actions)
        settle()
    }

    /// The connection is over: first the fate of every write, then the end.
    func end(_ connection: SimulatedConnection, cause: LinkFailure) {
        guard connection.phase != .ended else { return }
        connection.phase = .ended
        connections.removeAll { $0 === connection }
        endedConnections.append(connection.id)
        for token in connection.unreported {
            machine.wrote(connection.id, token: token, handedOver: true)
        }
        for write in connection.unsent {
            machine.wrote(connection.id, token: write.token, handedOver: false)
        }
        machine.ended(connection.id, cause: cause, now: now, into: &actions)
        settle()
    }
}

extension SubscriptionID {
    /// A fixed id for tests.
    static func test(_ number: UInt64) -> SubscriptionID {
        var generator = SeededGenerator(seed: number)
        return .random(using: &generator)
    }
}

extension Command {
    /// What an obedient server says; `number` makes the answers without an id tell themselves apart.
    func simulatedAnswer(number: UInt64) -> ServerMessage {
        switch self {
        case .listActors: .actorList([ActorSummary(id: .test(number), name: "actor \(number)")])
        case .newStore: .storeCreated("store \(number)")
        case .openChannel(let target, _): .channelOpened(ChannelID("ch_\(number)"), target)
        case .terminateActor(let id): .actorStopped(id)
        case .updateActorComponent(let id, _): .actorComponentUpdated(id)
        case .getActorManifest(let id): .actorManifest(id, .null)
        case .getActorMetrics(let id): .actorMetrics(id, .null)
        case .startActor: .actorStarted(.test(number))
        case .unsubscribeFromActor(let id, _): .unsubscribed(id)
        case .subscribeToActor(let id): .subscribed(id, .test(number))
        default:
            if case .reply(let message) = World.obedient(self) {
                message
            } else {
                .storeCreated("?")
            }
        }
    }
}
