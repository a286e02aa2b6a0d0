import TheaterProtocol

/// One actor of the server: a counter with a script (`ActorReaction`).
struct ScriptedActor: Sendable {
    struct Subscriber: Sendable {
        let id: SubscriptionID
        let connection: ConnectionID
    }

    let id: ActorID
    let manifest: Manifest
    /// Position in the order of starts: lists are in it.
    let startNumber: Int
    /// Time on the machine's clock.
    let startedAt: Duration
    /// The text `{"count":n}`; what StartActor brought, until `init` has run.
    var state: [UInt8]?
    var count: Int
    /// A trap ended its work; it stays listed.
    var isPaused = false
    var chain = EventChain()
    /// A connection that subscribed twice is here twice.
    var subscribers: [Subscriber] = []
    /// Hears how the actor ends.
    var parent: ConnectionID?
    var lastCallAt: Duration?
    var calls = 0
    var failedCalls = 0

    init(
        id: ActorID, manifest: Manifest, initialState: [UInt8]?, startNumber: Int, now: Duration
    ) {
        self.id = id
        self.manifest = manifest
        self.startNumber = startNumber
        startedAt = now
        state = initialState
        count = Self.count(in: initialState)
    }

    mutating func store() {
        state = Array(#"{"count":\#(count)}"#.utf8)
    }

    /// Forgets a connection that has ended.
    mutating func forget(_ connection: ConnectionID) {
        subscribers.removeAll { $0.connection == connection }
        if parent == connection { parent = nil }
    }

    private static func count(in state: [UInt8]?) -> Int {
        guard let state, let value = try? JSONValue(parsing: state) else { return 0 }
        return value.object?["count"]?.int ?? 0
    }
}
