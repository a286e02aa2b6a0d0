import TheaterProtocol
import TheaterStateMachine

/// The machine with everything around it: a transport without sockets, a server, a clock that is set by hand.
///
/// Nothing here waits. `run()` settles the machine and carries out its actions until there are none left.
final class World {
    /// What the server does with a command.
    enum Answer {
        case reply(ServerMessage)
        case replies([ServerMessage])
        case silence
        /// Closes the connection instead of answering.
        case drop
        /// Answers with these bytes.
        case bytes([UInt8])
    }

    /// What the server's side does with a dial.
    enum Reception {
        case refuse
        /// Neither accepts nor refuses.
        case ignore
        case accept
        case acceptAndClose
    }

    struct Peer {
        var format: WireFormat
        var decoder: MessageDecoder
        var encoder: MessageEncoder
        var isOpen = false
        var isDeaf = false
    }

    var machine: ClientStateMachine
    var actions = Actions()
    var now = MonotonicInstant(nanoseconds: 1_000_000_000)

    var reception = Reception.accept
    var format = WireFormat.plain
    var answer: (Command) -> Answer = World.obedient
    /// Writes stay in the client's buffers: the kernel never takes them.
    var isBlocked = false

    var peers: [ConnectionID: Peer] = [:]
    var dialTimes: [MonotonicInstant] = []
    var dialsInProgress = 0
    var mostDialsAtOnce = 0
    var executed: [Command] = []
    var fencesSeen = 0
    var writes = 0
    var outcomes: [RequestID: [Result<ServerMessage, RequestFailure>]] = [:]
    var pushes: [ServerMessage] = []
    var notices: [Push] = []
    var reports: [Report] = []
    var isFinished = false
    private var lastRequest: UInt64 = 0

    init(settings: Settings = Settings(), seed: UInt64 = 1) {
        machine = ClientStateMachine(settings: settings, seed: seed)
    }

    // MARK: The caller's side

    @discardableResult
    func submit(
        _ command: Command, timeout: Duration = .seconds(30), dropLimit: Int? = nil
    ) -> RequestID {
        lastRequest += 1
        let id = RequestID(lastRequest)
        machine.submit(
            Submission(
                id: id, command: command, message: command.encoded(), deadline: now + timeout,
                dropLimit: dropLimit),
            now: now, into: &actions)
        return id
    }

    func cancel(_ id: RequestID) {
        machine.cancel(id, now: now, into: &actions)
    }

    /// The one outcome of a request; nil while there is none.
    func outcome(_ id: RequestID) -> Result<ServerMessage, RequestFailure>? {
        guard let all = outcomes[id], all.count == 1 else { return nil }
        return all.first
    }

    func failure(_ id: RequestID) -> RequestFailure? {
        if case .failure(let failure) = outcome(id) { failure } else { nil }
    }

    func reply(_ id: RequestID) -> ServerMessage? {
        if case .success(let message) = outcome(id) { message } else { nil }
    }

    // MARK: Time

    /// Goes from deadline to deadline until the time has passed.
    func advance(by duration: Duration) {
        let end = now + duration
        run()
        while let next = machine.nextDeadline(), next <= end {
            now = max(now, next)
            machine.deadlineReached(now: now, into: &actions)
            run()
        }
        now = end
    }

    /// One batch of inputs is over.
    func run() {
        machine.settle(now: now, into: &actions)
        while !isSilent {
            let current = actions
            actions = Actions()
            for completion in current.completions {
                outcomes[completion.request, default: []].append(completion.outcome)
            }
            for action in current.transport { perform(action) }
            pushes += current.pushes.compactMap(\.message)
            notices += current.pushes.filter { $0.message == nil }
            reports += current.reports
            machine.settle(now: now, into: &actions)
        }
    }

    private var isSilent: Bool {
        actions.completions.isEmpty && actions.transport.isEmpty && actions.pushes.isEmpty
            && actions.reports.isEmpty
    }

    // MARK: The server's side

    var openConnections: [ConnectionID] {
        peers.filter(\.value.isOpen).keys.sorted { $0.number < $1.number }
    }

    /// The server's process dies.
    func closeAll() {
        for connection in openConnections { close(connection) }
    }

    func close(_ connection: ConnectionID, cause: LinkFailure = .closedByPeer) {
        peers[connection] = nil
        machine.ended(connection, cause: cause, now: now, into: &actions)
    }

    func send(_ message: ServerMessage, on connection: ConnectionID) {
        guard var peer = peers[connection] else { return }
        guard let bytes = try? peer.encoder.encode(message.encoded(as: .june2025)) else { return }
        peers[connection] = peer
        machine.received(bytes, on: connection, now: now, into: &actions)
    }

    private func perform(_ action: TransportAction) {
        switch action {
        case .open(let connection):
            dialTimes.append(now)
            dialsInProgress += 1
            mostDialsAtOnce = max(mostDialsAtOnce, dialsInProgress)
            receive(connection)
        case .write(let connection, let buffers, let token):
            writes += 1
            guard peers[connection] != nil else { return }
            if isBlocked { return }
            machine.wrote(connection, token: token, handedOver: true)
            for buffer in buffers { read(buffer, on: connection) }
        case .close(let connection):
            if peers[connection]?.isOpen != true { dialsInProgress -= 1 }
            peers[connection] = nil
            machine.ended(connection, cause: .closedByClient, now: now, into: &actions)
        case .finished:
            isFinished = true
        }
    }

    private func receive(_ connection: ConnectionID) {
        peers[connection] = Peer(
            format: format, decoder: MessageDecoder(format: format),
            encoder: MessageEncoder(format: format))
        switch reception {
        case .ignore: break
        case .refuse:
            dialsInProgress -= 1
            close(connection, cause: .transport("connection refused"))
        case .accept:
            dialsInProgress -= 1
            peers[connection]?.isOpen = true
            machine.connected(connection, now: now, into: &actions)
        case .acceptAndClose:
            dialsInProgress -= 1
            peers[connection]?.isOpen = true
            machine.connected(connection, now: now, into: &actions)
            close(connection)
        }
    }

    private func read(_ bytes: [UInt8], on connection: ConnectionID) {
        guard peers[connection]?.isDeaf == false else { return }
        peers[connection]?.decoder.append(bytes)
        do {
            while let message = try peers[connection]?.decoder.next(now: .zero) {
                guard let command = try? Command(decoding: message, era: .june2025) else {
                    continue
                }
                execute(command, on: connection)
            }
        } catch {
            // A fragmenting server closes on what it cannot read.
            close(connection)
        }
    }

    private func execute(_ command: Command, on connection: ConnectionID) {
        if case .unsubscribeFromActor(let id, _) = command {
            fencesSeen += 1
            send(.unsubscribed(id), on: connection)
            return
        }
        executed.append(command)
        switch answer(command) {
        case .reply(let message): send(message, on: connection)
        case .replies(let messages): for message in messages { send(message, on: connection) }
        case .silence: break
        case .drop: close(connection)
        case .bytes(let bytes):
            machine.received(bytes, on: connection, now: now, into: &actions)
        }
    }

    static func obedient(_ command: Command) -> Answer {
        switch command {
        case .listActors: .reply(.actorList([]))
        case .getActorStatus(let id): .reply(.actorStatus(id, .running))
        case .getActorState(let id): .reply(.actorState(id, .bytes([1])))
        case .getActorEvents(let id): .reply(.actorEvents(id, []))
        case .stopActor(let id): .reply(.actorStopped(id))
        case .startActor: .reply(.actorStarted(.test(99)))
        case .sendActorMessage(let id, _): .reply(.sentMessage(id))
        case .requestActorMessage(let id, let data): .reply(.requestedMessage(id, data))
        case .openChannel(let target, _): .reply(.channelOpened(ChannelID("ch_1"), target))
        case .sendOnChannel(let id, _): .reply(.messageSent(id))
        case .closeChannel(let id): .reply(.channelClosed(id))
        case .newStore: .reply(.storeCreated("s"))
        default: .silence
        }
    }
}

extension ActorID {
    /// A fixed id for tests.
    static func test(_ number: UInt64) -> ActorID {
        var generator = SeededGenerator(seed: number)
        return .random(using: &generator)
    }
}
