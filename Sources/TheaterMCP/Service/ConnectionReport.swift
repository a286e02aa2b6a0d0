import Theater

/// The state of the connection, for `theater_status` and `theater://connection`.
struct ConnectionReport {
    private let endpoint: Endpoint
    private let state: ConnectionState
    private let statistics: ClientStatistics

    init(_ service: any TheaterService) {
        endpoint = service.endpoint
        state = service.state
        statistics = service.statistics
    }

    static let optionalMembers = [
        "phase", "attempt", "retry_after_ms", "connected_for_ms", "wire_format", "last_error",
    ]

    static let schema: JSONObject = [
        "summary": ["type": "string", "description": "The state in one sentence."],
        "state": [
            "type": "string",
            "enum": ["connected", "connecting", "waiting", "disconnected", "closed"],
        ],
        "address": ["type": "string"],
        "phase": ["type": "string", "enum": ["dialling", "verifying"]],
        "attempt": ["type": "integer"],
        "retry_after_ms": ["type": "integer", "description": "Until the next dial is due."],
        "connected_for_ms": ["type": "integer"],
        "wire_format": ["type": "string"],
        "last_error": ["type": "string"],
        "reconnections": ["type": "integer"],
        "dials": ["type": "integer"],
        "requests_in_flight": ["type": "integer"],
        "requests_queued": ["type": "integer"],
        "requests_answered": ["type": "integer"],
        "requests_failed": ["type": "integer"],
    ]

    var described: JSONObject {
        var object: JSONObject = [
            "summary": .string(summary),
            "state": .string(word),
            "address": .string(endpoint.description),
        ]
        switch state {
        case .disconnected(let retryAt, let attempt, _):
            object["attempt"] = .integer(Int64(attempt))
            object["retry_after_ms"] = retryAt.map { .integer(Self.millisecondsUntil($0)) }
        case .connecting(let phase, let attempt):
            object["phase"] = .string(phase.rawValue)
            object["attempt"] = .integer(Int64(attempt))
        case .connected(let since, let wireFormat):
            object["connected_for_ms"] = .integer((ContinuousClock.now - since).wholeMilliseconds)
            object["wire_format"] = .string(wireFormat.rawValue)
        case .closed:
            break
        }
        object["last_error"] = lastError.map { .string($0) }
        object["reconnections"] = .integer(Int64(statistics.reconnections))
        object["dials"] = .integer(Int64(statistics.dials))
        object["requests_in_flight"] = .integer(Int64(statistics.requestsInFlight))
        object["requests_queued"] = .integer(Int64(statistics.requestsQueued))
        object["requests_answered"] = .integer(Int64(statistics.requestsAnswered))
        object["requests_failed"] = .integer(Int64(statistics.requestsFailed))
        return object
    }

    private static func millisecondsUntil(_ instant: ContinuousClock.Instant) -> Int64 {
        max(0, (instant - .now).wholeMilliseconds)
    }

    private var lastError: String? {
        if case .disconnected(_, _, let error?) = state { return error }
        return statistics.lastFailure?.description
    }

    /// The public states; waiting is "disconnected" with a time for the next dial.
    private var word: String {
        switch state {
        case .disconnected(let retryAt, _, _): retryAt == nil ? "disconnected" : "waiting"
        case .connecting: "connecting"
        case .connected: "connected"
        case .closed: "closed"
        }
    }

    private var summary: String {
        switch state {
        case .disconnected(nil, _, nil):
            "Not connected to \(endpoint); the next request connects."
        case .disconnected(nil, _, let error?):
            "Not connected to \(endpoint) (\(error)); the next request connects."
        case .disconnected(let retryAt?, let attempt, let error):
            "Not connected to \(endpoint) after attempt \(attempt) (\(error ?? "unknown error")); "
                + "the next dial is due in \(Self.millisecondsUntil(retryAt)) ms."
        case .connecting(let phase, let attempt):
            "Connecting to \(endpoint): \(phase.rawValue), attempt \(attempt)."
        case .connected:
            "Connected to \(endpoint)."
        case .closed:
            "The client is closed."
        }
    }
}

extension Duration {
    /// Rounded up, so that waiting that long is long enough.
    var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        let perMillisecond: Int64 = 1_000_000_000_000_000
        return seconds * 1000 + (attoseconds + perMillisecond - 1) / perMillisecond
    }
}
