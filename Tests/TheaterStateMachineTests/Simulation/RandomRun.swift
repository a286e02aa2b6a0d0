import TheaterProtocol

@testable import TheaterStateMachine

/// A long run drawn from a seed: each seed has its own mix of calls and faults, some of them absent.
struct RandomRun {
    let simulation: Simulation
    private var generator: SeededGenerator
    private var weights: [(operation: Operation, weight: Int)] = []
    private let usesEveryCommand: Bool
    private var lastActor: UInt64 = 1_000

    enum Operation: CaseIterable {
        case submit, submitBatch, cancel, wait, stall
        case dialSucceeds, dialFails
        case takeAll, takeSome, acknowledge
        case execute, deliver, deliverSome, push
        case peerCloses, executeAndClose, halfDie, finishClose, garbage, serverRestarts, lateEvents
    }

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        var settings = Settings()
        settings.queuedRequests = Int.random(in: 4...64, using: &generator)
        settings.queuedBytes = Int.random(in: 2_000...20_000, using: &generator)
        settings.workLanes = Int.random(in: 1...4, using: &generator)
        settings.inFlightPerLane = Int.random(in: 1...16, using: &generator)
        usesEveryCommand = Bool.random(using: &generator)
        simulation = Simulation(
            settings: settings, format: Bool.random(using: &generator) ? .plain : .fragmenting,
            seed: seed)
        simulation.closesAtOnce = false
        if Bool.random(using: &generator) {
            simulation.unknownCommands = [
                "GetActorEvents", "UpdateActorComponent", "GetActorManifest",
            ]
        }
        let isQuiet = Bool.random(using: &generator)
        for operation in Operation.allCases {
            let weight: Int
            switch operation {
            case .submit, .submitBatch, .deliver, .execute, .takeAll, .acknowledge, .dialSucceeds:
                weight = Int.random(in: 10...60, using: &generator)
            case .finishClose, .wait, .lateEvents:
                weight = Int.random(in: 10...30, using: &generator)
            case .cancel, .takeSome, .deliverSome, .push:
                weight = Int.random(in: 0...20, using: &generator)
            case .stall, .dialFails, .peerCloses, .executeAndClose, .halfDie, .garbage,
                .serverRestarts:
                weight = isQuiet ? 0 : max(0, Int.random(in: -4...6, using: &generator))
            }
            weights.append((operation, weight))
        }
    }

    /// So many operations, then everything heals, every call ends, and the client shuts down.
    mutating func run(operations: Int) {
        for _ in 0..<operations {
            perform(pick())
            guard simulation.violations.isEmpty else { return }
        }
        heal()
        guard simulation.violations.isEmpty else { return }
        simulation.shutDown(drain: .milliseconds(100))
        for _ in 0..<20 where !simulation.isFinished {
            for connection in simulation.connections where connection.isClosing {
                simulation.end(connection, cause: .closedByClient)
            }
            simulation.advance(by: .seconds(60))
        }
        simulation.checkHistory()
    }

    private mutating func pick() -> Operation {
        var ticket = Int.random(in: 0..<weights.reduce(0) { $0 + $1.weight }, using: &generator)
        for (operation, weight) in weights {
            ticket -= weight
            if ticket < 0 { return operation }
        }
        return .wait
    }

    private mutating func any(
        where isFit: (SimulatedConnection) -> Bool
    ) -> SimulatedConnection? {
        simulation.connections.filter(isFit).randomElement(using: &generator)
    }

    private mutating func perform(_ operation: Operation) {
        switch operation {
        case .submit: submit()
        case .submitBatch: for _ in 0..<Int.random(in: 2...12, using: &generator) { submit() }
        case .cancel: simulation.live.randomElement(using: &generator).map(simulation.cancel)
        case .wait:
            let wait = Duration.milliseconds(Int.random(in: 0...2_000, using: &generator))
            simulation.advance(by: wait)
        case .stall: simulation.stall(.milliseconds(Int.random(in: 0...9_000, using: &generator)))
        case .dialSucceeds:
            any { $0.phase == .dialling && !$0.isClosing }.map(simulation.dialSucceeds)
        case .dialFails:
            any { $0.phase == .dialling }
                .map { simulation.end($0, cause: .transport("connection refused")) }
        case .takeAll: any { !$0.unsent.isEmpty }.map { simulation.kernelTakes($0, bytes: .max) }
        case .takeSome:
            // From either end: what matters is where in the last frames the kernel stops.
            let bytes = Int.random(in: -100...300, using: &generator)
            any { !$0.unsent.isEmpty }
                .map {
                    simulation.kernelTakes($0, bytes: bytes > 0 ? bytes : $0.unsentBytes + bytes)
                }
        case .acknowledge: any { !$0.unreported.isEmpty }.map(simulation.acknowledge)
        case .execute: any { !$0.inKernel.isEmpty }.map(simulation.execute)
        case .deliver: any { !$0.toClient.isEmpty }.map { simulation.deliver(on: $0) }
        case .deliverSome:
            let bytes = Int.random(in: 1...60, using: &generator)
            any { !$0.toClient.isEmpty }.map { simulation.deliver(on: $0, bytes: bytes) }
        case .push:
            any { $0.isEchoed && !$0.isHalfDead }?.send(.simulatedPush, answering: nil)
        default: fail(operation)
        }
    }

    private mutating func fail(_ operation: Operation) {
        switch operation {
        case .peerCloses:
            any { $0.phase == .established }.map { simulation.end($0, cause: .closedByPeer) }
        case .executeAndClose:
            // The last the client hears is the end; the server has done everything it had.
            guard let connection = any(where: { !$0.inKernel.isEmpty }) else { return }
            while !connection.inKernel.isEmpty { simulation.execute(on: connection) }
            simulation.end(connection, cause: .closedByPeer)
        case .halfDie: any { $0.phase == .established }?.isHalfDead = true
        case .finishClose:
            guard let connection = any(where: { $0.isClosing }) else { return }
            // What has left the client is executed all the same.
            if Bool.random(using: &generator) {
                while !connection.inKernel.isEmpty { simulation.execute(on: connection) }
            }
            simulation.end(connection, cause: .closedByClient)
        case .garbage:
            guard let connection = any(where: { $0.isEchoed }) else { return }
            simulation.inject([0, 0, 0, 3, 1, 2, 3], on: connection)
        case .serverRestarts:
            if Int.random(in: 0..<4, using: &generator) == 0 {
                simulation.format = simulation.format == .plain ? .fragmenting : .plain
            }
            for connection in simulation.connections where connection.phase == .established {
                simulation.end(connection, cause: .closedByPeer)
            }
        case .lateEvents:
            let id = simulation.endedConnections.randomElement(using: &generator)
            id.map(simulation.reportLateEvents)
        default: break
        }
    }

    private mutating func submit() {
        lastActor += 1
        let actor = ActorID.test(lastActor)
        let timeouts: [Duration] = [
            .milliseconds(1), .milliseconds(300), .seconds(3), .seconds(30), .seconds(600),
        ]
        let timeout = timeouts.randomElement(using: &generator) ?? .seconds(30)
        simulation.submit(command(for: actor), timeout: timeout)
    }

    private mutating func command(for actor: ActorID) -> Command {
        let payload = [UInt8](repeating: 7, count: Int.random(in: 0...200, using: &generator))
        let channel = simulation.openedChannels.randomElement(using: &generator)
        switch Int.random(in: 0..<(usesEveryCommand ? 14 : 3), using: &generator) {
        case 0: return .getActorStatus(actor)
        case 1: return .getActorState(actor)
        case 2: return .sendActorMessage(actor, data: payload)
        case 3: return .updateActorComponent(actor, component: "component")
        case 4: return .stopActor(actor)
        case 5: return .terminateActor(actor)
        case 6: return .getActorEvents(actor)
        case 7: return .requestActorMessage(actor, data: payload)
        case 8: return .openChannel(.actor(actor), initialMessage: payload)
        case 9: return .subscribeToActor(actor)
        case 10: return .getActorManifest(actor)
        case 11: return .unsubscribeFromActor(actor, SubscriptionID.random(using: &generator))
        case 12:
            // Unique: the simulation tells calls apart by their bytes.
            return channel.map { .sendOnChannel($0, message: Array(actor.description.utf8)) }
                ?? .getActorMetrics(actor)
        default:
            simulation.openedChannels.removeAll { $0 == channel }
            return channel.map { .closeChannel($0) } ?? .getActorMetrics(actor)
        }
    }

    /// No more faults: whatever is asked now is answered within a bounded time.
    private mutating func heal() {
        for connection in simulation.connections where connection.isHalfDead {
            simulation.end(connection, cause: .closedByPeer)
        }
        let healedAt = simulation.now
        lastActor += 1
        let probe = simulation.submit(.getActorStatus(.test(lastActor)), timeout: .seconds(60))
        for _ in 0..<400 where !simulation.live.isEmpty {
            simulation.serveEverything()
            simulation.advance(by: .milliseconds(500))
        }
        guard let outcome = simulation.calls[probe]?.outcomes.first else {
            return simulation.violated("not answered \(simulation.now - healedAt) after healing")
        }
        // The queue may be full, the outage may be known: then the next call is the one that works.
        guard case .failure = outcome else { return }
        simulation.advance(by: .seconds(10))
        let second = simulation.submit(.listActors, timeout: .seconds(60))
        for _ in 0..<100 where !simulation.live.isEmpty {
            simulation.serveEverything()
            simulation.advance(by: .milliseconds(500))
        }
        guard case .success = simulation.calls[second]?.outcomes.first else {
            return simulation.violated("no answer after healing")
        }
    }
}

extension Simulation {
    /// The server and the kernel do all they have to.
    func serveEverything() {
        for connection in connections {
            if connection.isClosing {
                end(connection, cause: .closedByClient)
            } else if connection.phase == .dialling {
                dialSucceeds(connection)
            } else {
                kernelTakes(connection, bytes: .max)
                acknowledge(connection)
                while !connection.inKernel.isEmpty { execute(on: connection) }
                deliver(on: connection)
            }
        }
    }

    /// The loop was busy elsewhere: the clock passes deadlines before anybody looks.
    func stall(_ duration: Duration) {
        now = now + duration
        stallEnd = now
    }

    /// Events of a connection that has ended: nobody listens to it any more.
    func reportLateEvents(of id: ConnectionID) {
        let before = machine.gauge
        machine.connected(id, now: now, into: &actions)
        machine.wrote(id, token: .max, handedOver: true)
        machine.received([0, 0, 0, 0], on: id, now: now, into: &actions)
        machine.ended(id, cause: .closedByPeer, now: now, into: &actions)
        let isSilent = actions.completions.isEmpty && actions.transport.isEmpty
        if !isSilent || machine.gauge != before { violated("an ended connection was heard") }
        settle()
    }

    /// Bytes that no server sends.
    func inject(_ bytes: [UInt8], on connection: SimulatedConnection) {
        guard !connection.isClosing else { return }
        machine.received(bytes, on: connection.id, now: now, into: &actions)
        settle()
    }
}

extension ServerMessage {
    static let simulatedPush = ServerMessage.actorEvent(
        nil,
        ChainEvent(
            hash: [1], parentHash: nil, eventType: "wasm", data: [], timestampMilliseconds: 1))
}
