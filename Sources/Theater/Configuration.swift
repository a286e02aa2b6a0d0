public import TheaterProtocol
internal import TheaterStateMachine

/// How a client reaches Theater and how long it tries.
///
/// Everything has a default, with its reasons in resilience §3.
public struct Configuration: Sendable, Hashable {
    /// Where the server listens.
    public var endpoint: Endpoint
    /// Which wire format the server speaks.
    public var wireFormat = WireFormatPolicy.auto
    /// For one request, over everything: queue, dials, waits, reply.
    ///
    /// Default 30 s; sensible up to 10 min.
    public var requestTimeout = Duration.seconds(30)
    /// Waiting between dials.
    public var backoff = BackoffPolicy()
    /// Making a connection.
    public var connect = ConnectPolicy()
    /// Noticing a peer that is gone.
    public var liveness = LivenessPolicy()
    /// What may wait, and how often it is tried.
    public var requests = RequestPolicy()
    /// Events and channel messages on their way to a consumer.
    public var streams = StreamPolicy()
    /// Options of the sockets.
    public var socket = SocketPolicy()
    /// Seed of jitter and nonces; nil draws one.
    ///
    /// Set it to replay a run.
    public var seed: UInt64?

    /// The defaults, for one endpoint.
    public init(endpoint: Endpoint = .init()) {
        self.endpoint = endpoint
    }
}

/// Which wire format to speak (wire reference §2).
public enum WireFormatPolicy: Sendable, Hashable {
    /// Found out by the echo of an opening fence; costs one more connection the first time.
    case auto
    /// Only this one.
    case fixed(WireFormat)
}

/// Exponential backoff with additive jitter and a cap: 500 ms, 1 s, 2 s, 4 s, 5 s, 5 s, … plus 0–25 %.
public struct BackoffPolicy: Sendable, Hashable {
    /// The wait after the first failed dial.
    public var base = Duration.milliseconds(500)
    /// The longest wait, before jitter.
    public var cap = Duration.seconds(5)
    /// The largest share added at random, 0…1.
    public var jitter = 0.25

    /// The defaults.
    public init() {}
}

/// Making a connection.
public struct ConnectPolicy: Sendable, Hashable {
    /// For one dial: names, all addresses, the opening fence.
    ///
    /// Default 5 s.
    public var timeout = Duration.seconds(5)
    /// For the echo while the wire format is a guess.
    ///
    /// Default 1 s.
    public var probeTimeout = Duration.seconds(1)

    /// The defaults.
    public init() {}
}

/// Noticing a peer that is gone without a word.
public struct LivenessPolicy: Sendable, Hashable {
    /// A fence goes out after this long without a reply and with nothing in flight.
    ///
    /// Default 30 s ± 10 %; less than 10 s counts as 10 s.
    public var heartbeatInterval = Duration.seconds(30)
    /// For its echo; one miss and the connection is closed.
    ///
    /// Default 10 s.
    public var heartbeatTimeout = Duration.seconds(10)
    /// For the echo of a fence behind a cancelled or timed-out command.
    ///
    /// Default 5 s.
    public var fenceTimeout = Duration.seconds(5)

    /// The defaults.
    public init() {}
}

/// What may wait, and how often it is tried.
public struct RequestPolicy: Sendable, Hashable {
    /// Dials and sends per request.
    ///
    /// Default 3; 1…10.
    public var attempts = 3
    /// Requests that wait for a connection.
    ///
    /// Default 1,024; the newest is refused.
    public var queuedRequests = 1_024
    /// Bytes of commands that wait.
    ///
    /// Default 16 MiB; an empty queue takes any message.
    public var queuedBytes = 16 * 1_024 * 1_024
    /// Connections for commands that change something.
    ///
    /// Default 8.
    public var workLanes = 8

    /// The defaults.
    public init() {}
}

/// Events and channel messages on their way to a consumer.
public struct StreamPolicy: Sendable, Hashable {
    /// Where the events come from that a connection has missed.
    public enum History: Sendable, Hashable {
        /// From the server's history, where it keeps one (until May 2026).
        case fillGaps
        /// From nowhere: what was missed is a gap. Reading a busy actor's history can stall its server.
        case showGaps
    }

    /// Elements that wait for a slow consumer, per stream; then the oldest go.
    ///
    /// Default 1,024.
    public var bufferedElements = 1_024
    /// Bytes that wait for a slow consumer, per stream; then the oldest go.
    ///
    /// Default 8 MiB.
    public var bufferedBytes = 8 * 1_024 * 1_024
    /// Events that wait for one that should have come before them.
    ///
    /// Default 256.
    public var reorderedEvents = 256
    /// Default: filled.
    public var history = History.fillGaps

    /// The defaults.
    public init() {}
}

/// Options of the sockets.
public struct SocketPolicy: Sendable, Hashable {
    /// When the kernel acknowledges what it received (Linux).
    public enum Acknowledgement: Sendable, Hashable {
        /// At once. Theater's second small answer otherwise waits 40 ms for it (wire reference §0.1).
        case immediate
        /// As the kernel likes. For measurements.
        case delayed
    }

    /// Default: immediate.
    public var acknowledgement = Acknowledgement.immediate

    /// The defaults.
    public init() {}
}

extension Configuration {
    /// The machine's settings; the only place where the one becomes the other.
    var settings: Settings {
        var settings = Settings()
        settings.backoff = Backoff(
            base: max(backoff.base, .milliseconds(1)), cap: max(backoff.cap, .milliseconds(1)),
            jitter: min(max(backoff.jitter, 0), 1))
        if case .fixed(let format) = wireFormat { settings.fixedWireFormat = format }
        settings.connectTimeout = connect.timeout
        settings.probeTimeout = connect.probeTimeout
        settings.heartbeatInterval = max(liveness.heartbeatInterval, .seconds(10))
        settings.heartbeatTimeout = liveness.heartbeatTimeout
        settings.fenceTimeout = liveness.fenceTimeout
        settings.attemptsPerRequest = min(max(requests.attempts, 1), 10)
        settings.queuedRequests = max(requests.queuedRequests, 1)
        settings.queuedBytes = max(requests.queuedBytes, 0)
        settings.workLanes = max(requests.workLanes, 1)
        return settings
    }
}

/// What one call wants differently from the configuration.
public struct RequestOptions: Sendable, Hashable {
    /// Overall time for this call; nil takes ``Configuration/requestTimeout``.
    public var timeout: Duration?

    /// The configuration's values where nothing is given.
    public init(timeout: Duration? = nil) {
        self.timeout = timeout
    }
}
