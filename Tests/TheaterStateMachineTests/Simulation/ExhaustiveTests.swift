import Foundation
import Testing
import TheaterProtocol
import TheaterStateMachine

/// Every sequence of a few inputs, from several starting points; the promises hold after each input.
///
/// `THEATER_EXHAUSTIVE_DEPTH` makes the sequences longer.
@Suite("All short sequences of inputs")
struct ExhaustiveTests {
    enum Input: CaseIterable {
        case submitRead
        case submitNonIdempotent
        case submitUpdate
        case cancelOldest
        case dialSucceeds
        case dialFails
        case kernelTakesAllButOneByte
        case serverExecutes
        case serverAnswers
        case peerCloses
        case nextDeadline
        case shutDown
    }

    enum Start: CaseIterable {
        case nothing
        case connected
        case twoLanesIdle
        case twoLanesBusy
        case knownOutage

        /// What a debug build plays in about a second.
        var depth: Int { self == .twoLanesBusy || self == .twoLanesIdle ? 3 : 4 }
    }

    @Test("from each starting point", arguments: Start.allCases)
    func sequences(start: Start) {
        let depth = ProcessInfo.processInfo.environment["THEATER_EXHAUSTIVE_DEPTH"].flatMap(
            Int.init)
        var search = Search(start: start, depth: depth ?? start.depth)
        search.extend([])
        print("\(search.count) sequences from \(start)")
        #expect(search.failures.isEmpty, "\(search.failures.prefix(3).joined(separator: "\n"))")
    }
}

/// Depth first.
///
/// The machine cannot be copied, so each sequence is played from its start.
private struct Search {
    typealias Input = ExhaustiveTests.Input
    let start: ExhaustiveTests.Start
    let depth: Int
    var count = 0
    var failures: [String] = []

    mutating func extend(_ inputs: [Input]) {
        guard inputs.count < depth, failures.count < 3 else { return }
        for input in Input.allCases {
            let longer = inputs + [input]
            let simulation = Simulation(start: start)
            for input in inputs { simulation.play(input) }
            // An input that finds nothing to act on makes no new sequence.
            simulation.didSomething = false
            simulation.play(input)
            guard simulation.didSomething else { continue }
            count += 1
            if longer.count == depth { simulation.windDown() }
            if !simulation.violations.isEmpty {
                failures.append("\(longer): \(simulation.violations.prefix(4))")
                continue
            }
            extend(longer)
        }
    }
}

extension Simulation {
    convenience init(start: ExhaustiveTests.Start) {
        self.init()
        switch start {
        case .nothing: break
        case .connected:
            connectOnce()
        case .twoLanesIdle:
            connectTwice()
        case .twoLanesBusy:
            connectTwice()
            play(.submitRead)
            play(.submitNonIdempotent)
        case .knownOutage:
            submit(.listActors)
            play(.dialFails)
            play(.nextDeadline)
            play(.dialFails)
        }
    }

    private func connectOnce() {
        submit(.listActors)
        play(.dialSucceeds)
        play(.serverAnswers)
        play(.serverAnswers)
    }

    private func connectTwice() {
        connectOnce()
        play(.submitNonIdempotent)
        play(.dialSucceeds)
        play(.serverAnswers)
        play(.serverAnswers)
    }

    func play(_ input: ExhaustiveTests.Input) {
        let actor = ActorID.test(UInt64(calls.count + 1_000))
        switch input {
        case .submitRead: submit(.getActorStatus(actor))
        case .submitNonIdempotent: submit(.sendActorMessage(actor, data: [7]))
        case .submitUpdate: submit(.updateActorComponent(actor, component: "c"))
        case .cancelOldest: live.first.map(cancel)
        case .dialSucceeds: connections.first { $0.phase == .dialling }.map(dialSucceeds)
        case .dialFails:
            connections.first { $0.phase == .dialling }
                .map { end($0, cause: .transport("connection refused")) }
        case .kernelTakesAllButOneByte:
            guard let connection = connections.first(where: { !$0.unsent.isEmpty }) else { return }
            didSomething = true
            kernelTakes(connection, bytes: connection.unsentBytes - 1)
        case .serverExecutes: for connection in connections { serve(connection) }
        case .serverAnswers:
            for connection in connections {
                serve(connection)
                acknowledge(connection)
                deliver(on: connection)
            }
        case .peerCloses:
            connections.last { $0.phase == .established }.map { end($0, cause: .closedByPeer) }
        case .nextDeadline:
            guard machine.nextDeadline() != nil else { return }
            advance(by: .seconds(3_600))
        case .shutDown: shutDown(drain: .seconds(2))
        }
    }

    /// The server takes and executes everything it can get.
    private func serve(_ connection: SimulatedConnection) {
        if !connection.unsent.isEmpty || !connection.inKernel.isEmpty { didSomething = true }
        kernelTakes(connection, bytes: .max)
        while !connection.inKernel.isEmpty { execute(on: connection) }
    }

    /// Everything works from now on: all that can be answered is, and then the client ends.
    func windDown() {
        for _ in 0..<20 where !live.isEmpty {
            play(.dialSucceeds)
            play(.serverAnswers)
            play(.nextDeadline)
        }
        shutDown(drain: .zero)
        for _ in 0..<20 where !isFinished {
            for connection in connections where connection.isClosing {
                end(connection, cause: .closedByClient)
            }
            advance(by: .seconds(60))
        }
        checkHistory()
    }
}
