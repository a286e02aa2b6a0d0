package import TheaterProtocol

/// The whole client without its sockets: bytes and time in, actions out.
///
/// ```
///             submit, cancel             connected, received, wrote, ended
///   callers ───────────────────▶ ┌───────────────────────────┐ ◀──────────── transport
///                                │ queue ─▶ lanes ─▶ slots   │
///   callers ◀─── completions ─── │   gate (one dial at once) │ ── open, write, close ──▶ transport
///                                └───────────────────────────┘
///                                   ▲ deadlineReached     │ nextDeadline
///                                   └────── one timer ◀───┘
/// ```
///
/// A request waits in the queue, occupies a slot of a lane once its command is written, and leaves by
/// exactly one completion: `requests` is the only table of live ones, and `complete` the only way out.
///
/// Every input is legal at any time; an event of a connection that no lane listens to any more is
/// out of date and does nothing. The inputs only change what is wanted and known. `settle` turns that
/// into dials and writes; the driver calls it once after each batch of inputs, so that n requests of
/// one batch cost one write.
package struct ClientStateMachine: ~Copyable {
    package let settings: Settings
    var generator: SeededGenerator
    var gate: DialGate
    var formats: WireFormatMemory
    var lanes: [Lane] = []
    var requests: [RequestID: Request] = [:]
    var queue: RequestQueue
    var deadlines = DeadlineTable()
    var channels = ChannelTable()
    var subscriptions: [SubscriptionKey: Subscription] = [:]
    var commands = CommandMemory()
    var outage = Outage()
    var lifecycle = Lifecycle.running
    var lastFailure: LinkFailure?
    var reportedState: LinkState
    /// Some request waits for a dial that is on its way or due.
    var isDialWanted = false
    private var lastConnection: UInt64 = 0

    /// Whether new requests are taken, and what remains to be done before the end.
    enum Lifecycle: Equatable {
        case running
        /// Requests in flight may finish until the deadline.
        case draining(until: MonotonicInstant)
        /// Every connection is being closed.
        case closing
        case finished
    }

    package init(settings: Settings, seed: UInt64) {
        self.settings = settings
        generator = SeededGenerator(seed: seed)
        gate = DialGate(settings: settings)
        formats = WireFormatMemory(fixed: settings.fixedWireFormat)
        queue = RequestQueue(settings: settings)
        reportedState = .disconnected(retryAt: nil, attempt: 0, lastFailure: nil)
    }

    // MARK: Ending requests

    /// The only way out of `requests`.
    mutating func complete(
        _ id: RequestID, _ outcome: Result<ServerMessage, RequestFailure>,
        into actions: inout Actions
    ) {
        guard let request = requests.removeValue(forKey: id) else { return }
        if request.place == .queued { queue.remove(bytes: request.message.count) }
        actions.completions.append(Completion(request: id, outcome: outcome))
    }

    mutating func fail(
        _ request: Request, _ kind: RequestFailure.Kind, phase: RequestFailure.Phase,
        mayHaveExecuted: Bool = false, retryAfter: Duration? = nil, now: MonotonicInstant,
        into actions: inout Actions
    ) {
        let failure = RequestFailure(
            kind: kind, phase: phase,
            mayHaveExecuted: mayHaveExecuted || request.wasHandedOver && request.hasEffect,
            attempts: request.attempts, waited: now - request.submittedAt,
            retryAfter: retryAfter, lastLinkFailure: request.lastLinkFailure)
        complete(request.id, .failure(failure), into: &actions)
    }

    // MARK: Lanes

    func lane(of connection: ConnectionID) -> Lane? {
        lanes.first { $0.state.connection == connection }
    }

    mutating func makeConnectionID() -> ConnectionID {
        lastConnection += 1
        return ConnectionID(lastConnection)
    }

    func close(_ lane: Lane, because reason: Closing.Reason, into actions: inout Actions) {
        if let connection = lane.state.close(because: reason) {
            actions.transport.append(.close(connection))
        }
    }

    /// The channel has its connection still.
    package func isOpen(_ channel: ChannelID) -> Bool {
        !channels.isLost(channel) && lanes.contains { $0.purpose == .channel(channel) }
    }

    var isAnyLaneReady: Bool { lanes.contains(where: \.isReady) }
}

/// What this server has answered, and what it has passed over in silence.
///
/// Forgotten with the last connection: the server that comes back may be another.
struct CommandMemory {
    private var answered: Set<String> = []
    private var unsupported: Set<String> = []

    func isAnswered(_ name: String) -> Bool { answered.contains(name) }
    func isUnsupported(_ name: String) -> Bool { unsupported.contains(name) }
    mutating func didAnswer(_ name: String) { answered.insert(name) }
    mutating func didNotAnswer(_ name: String) { unsupported.insert(name) }
}

/// From the first failure to the next echo.
struct Outage {
    private var since: MonotonicInstant?
    private var dials = 0

    mutating func began(at now: MonotonicInstant) {
        if since == nil { since = now }
    }

    mutating func dialled() {
        if since != nil { dials += 1 }
    }

    /// Nil when there was none.
    mutating func ended(at now: MonotonicInstant) -> (downtime: Duration, dials: Int)? {
        guard let since else { return nil }
        defer { self = Outage() }
        return (now - since, dials)
    }
}

/// Channels whose lane is gone.
///
/// A channel lives on one connection and is not resumed.
struct ChannelTable {
    private static let remembered = 1_024
    private var lost: Set<ChannelID> = []
    private var order = FIFO<ChannelID>()

    func isLost(_ channel: ChannelID) -> Bool { lost.contains(channel) }

    mutating func didLose(_ channel: ChannelID) {
        guard lost.insert(channel).inserted else { return }
        order.append(channel)
        if order.count > Self.remembered, let oldest = order.popFirst() { lost.remove(oldest) }
    }
}
