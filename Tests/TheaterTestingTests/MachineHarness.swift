import Testing
import TheaterProtocol

@testable import TheaterTesting

/// A machine with one connection, and commands in one line.
struct MachineHarness {
    var machine: ServerMachine
    let connection: ConnectionID
    var now: Duration = .zero

    init(_ era: ServerEra = .june2025, seed: UInt64 = 1, latency: Duration = .zero) {
        machine = ServerMachine(era: era, seed: seed, latency: latency)
        connection = machine.openConnection(now: .zero).id
    }

    mutating func open() -> ConnectionID {
        machine.openConnection(now: now).id
    }

    mutating func receive(_ command: Command, on other: ConnectionID? = nil) -> [ServerAction] {
        machine.receive(command, on: other ?? connection, now: now)
    }

    /// Starts an actor.
    mutating func start(
        state: [UInt8]? = nil, parent: Bool = false, subscribe: Bool = false,
        on other: ConnectionID? = nil
    ) throws -> ActorID {
        let actions = receive(
            .startActor(
                manifest: "actors/prober.toml", initialState: state, parent: parent,
                subscribe: subscribe), on: other)
        let ids = actions.compactMap { action in
            if case .send(.actorStarted(let id), _, _) = action { id } else { nil }
        }
        return try #require(ids.first)
    }
}

extension [ServerAction] {
    /// The messages sent, in order.
    var messages: [ServerMessage] {
        compactMap { if case .send(let message, _, _) = $0 { message } else { nil } }
    }
}

func bytes(_ text: String) -> [UInt8] {
    Array(text.utf8)
}

/// A fence: every server answers it at once.
func fence() -> (command: Command, answer: ServerMessage) {
    var generator = SystemRandomNumberGenerator()
    let id = ActorID.random(using: &generator)
    let subscription = SubscriptionID.random(using: &generator)
    return (.unsubscribeFromActor(id, subscription), .unsubscribed(id))
}
