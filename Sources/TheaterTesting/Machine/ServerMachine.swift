package import TheaterProtocol

/// A Theater server without sockets, clock or threads: commands and time go in, actions come out.
///
/// ```
///   openConnection ─┐                                   ┌─▶ [ServerAction]   (in order)
///   receive ────────┼─▶ fault? ─▶ execute ─▶ [Step] ────┤
///   reachTime ──────┘   (script)  (actors, channels)    └─▶ statistics, nextDeadline
/// ```
///
/// Each connection has its commands executed strictly one at a time and answered in order (wire
/// reference §8.1); `receive` may only be called while the connection reads. Executing a command
/// is atomic and takes no time: what the real server does after its answer (events, pushes) is in
/// the same batch of actions, in the order the recordings show.
package struct ServerMachine: Sendable {
    /// Whose behavior is imitated.
    package let era: ServerEra
    let behavior: EraBehavior
    let manifests: ManifestStore
    /// Time between every execution and its answer.
    let latency: Duration
    /// Milliseconds since 1970 at the machine's time zero; events carry it.
    let clockOrigin: UInt64

    var generator: SeededGenerator
    var script = FaultScript()
    var connections: [ConnectionID: ConnectionRecord] = [:]
    var actors: [ActorID: ScriptedActor] = [:]
    /// Actors that ended by a trap: the router of 2026 knows them apart from strangers.
    var trappedActors: Set<ActorID> = []
    var channels: [ChannelID: ChannelRecord] = [:]
    /// April 2025: a panic has ended the runtime task, the port still accepts (wire reference §8.5).
    var isRuntimeDead = false
    var now: Duration = .zero
    /// What the command being executed has done so far.
    var steps: [Step] = []
    var actions: [ServerAction] = []
    private var lastConnection = 0
    private var lastStart = 0

    /// What has happened so far.
    package internal(set) var statistics = TestServer.Statistics()

    /// A server without actors or connections.
    ///
    /// - Parameters:
    ///   - era: Whose behavior to imitate.
    ///   - seed: Where ids come from.
    ///   - manifests: Where StartActor finds manifests.
    ///   - latency: Time between every execution and its answer.
    ///   - clockOrigin: Milliseconds since 1970 at the machine's time zero.
    package init(
        era: ServerEra, seed: UInt64, manifests: ManifestStore = ManifestStore(),
        latency: Duration = .zero, clockOrigin: UInt64 = 0
    ) {
        self.era = era
        self.manifests = manifests
        self.latency = latency
        self.clockOrigin = clockOrigin
        behavior = EraBehavior(era)
        generator = SeededGenerator(seed: seed)
    }

    /// Largest message this era's servers send whole, in bytes.
    package var fragmentBytes: Int { behavior.fragmentBytes }

    mutating func newConnectionID() -> ConnectionID {
        lastConnection += 1
        return ConnectionID(number: lastConnection)
    }

    mutating func newStartNumber() -> Int {
        lastStart += 1
        return lastStart
    }
}

/// One thing an execution does; `ServerMachine+Answers.swift` makes actions of them.
enum Step: Sendable {
    /// To any connection, the command's own included.
    case push(ServerMessage, to: ConnectionID)
    /// To the connection the command came from.
    case answer(ServerMessage)
    /// The handler gives up without an answer.
    case drop
    /// The actor has deferred the answer.
    case wait(for: ActorID)
    /// Another connection's command is dropped.
    case release(ConnectionID)
    case cut(ConnectionID, Fault.Cut)
}

/// A channel between a connection and an actor.
struct ChannelRecord: Sendable {
    let actor: ActorID
    /// Gets the actor's messages; nil once it has ended.
    var opener: ConnectionID?
}
