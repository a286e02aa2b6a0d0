/// What a server counted of one actor: a view of the JSON (wire reference §9).
public struct ActorMetrics: Sendable, Equatable {
    /// All members, as the server sent them.
    public let json: JSONObject
    /// What the actor did.
    public let operations: Operations
    /// What the actor holds.
    public let resources: Resources
    /// When it did something last, in seconds since 1970; nil before the first time.
    public let lastUpdateSeconds: UInt64?
    /// Seconds since its start.
    public let uptimeSeconds: UInt64
    /// When it was started, in seconds since 1970.
    public let startTimeSeconds: UInt64

    /// What an actor did.
    public struct Operations: Sendable, Equatable {
        /// Calls of the actor's functions.
        public let total: UInt64
        /// Calls that failed.
        public let failed: UInt64
        /// Time spent in all calls.
        public let totalTime: Duration
        /// Time of the longest call.
        public let longest: Duration
        /// Time of the shortest call; nil before the first.
        public let shortest: Duration?
    }

    /// What an actor holds: 0 throughout on known servers.
    public struct Resources: Sendable, Equatable {
        /// Bytes of memory.
        public let memoryBytes: UInt64
        /// Bytes of memory at most.
        public let peakMemoryBytes: UInt64
        /// Operations that wait.
        public let queuedOperations: UInt64
        /// Operations that waited at most.
        public let peakQueuedOperations: UInt64
    }

    /// Reads the metrics of any era; unknown members stay reachable in `json`.
    ///
    /// - Parameter json: The content of the reply `ActorMetrics`.
    /// - Throws: `WireError` with `invalidMessage` for a member that is missing or no number.
    public init(_ json: JSONValue) throws(WireError) {
        do throws(PackError) {
            try self.init(members: json.view(of: "metrics"))
        } catch {
            throw WireError(reason: .invalidMessage, description: "invalid metrics: \(error)")
        }
    }

    private init(members: JSONObject) throws(PackError) {
        json = members
        operations = try Operations(
            members.required("operation_metrics").view(of: "operation_metrics"))
        resources = try Resources(
            members.required("resource_metrics").view(of: "resource_metrics"))
        lastUpdateSeconds = try members.optionalNumber("last_update")
        uptimeSeconds = try members.number("uptime_secs")
        startTimeSeconds = try members.number("start_time")
    }
}

extension ActorMetrics.Operations {
    fileprivate init(_ members: JSONObject) throws(PackError) {
        total = try members.number("total_operations")
        failed = try members.number("failed_operations")
        totalTime = Self.time(try members.number("total_processing_time"))
        longest = Self.time(try members.number("max_processing_time"))
        shortest = try members.optionalNumber("min_processing_time").map(Self.time)
    }

    /// Exact over the whole range, which `Duration.nanoseconds` is not.
    private static func time(_ nanoseconds: UInt64) -> Duration {
        let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        return .seconds(Int64(seconds)) + .nanoseconds(Int64(rest))
    }
}

extension ActorMetrics.Resources {
    fileprivate init(_ members: JSONObject) throws(PackError) {
        memoryBytes = try members.number("memory_usage")
        peakMemoryBytes = try members.number("peak_memory_usage")
        queuedOperations = try members.number("operation_queue_size")
        peakQueuedOperations = try members.number("peak_queue_size")
    }
}

extension JSONObject {
    fileprivate func number(_ name: String) throws(PackError) -> UInt64 {
        try required(name).integer(of: name)
    }

    fileprivate func optionalNumber(_ name: String) throws(PackError) -> UInt64? {
        guard let value = self[name], value != .null else { return nil }
        return try value.integer(of: name)
    }
}
