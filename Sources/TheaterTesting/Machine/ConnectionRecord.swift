import TheaterProtocol

/// What the machine knows of one connection.
///
/// ```
///              ┌──── answer ────┐        answer is late          time
///              ▼                │    ┌──────────────────▶ late ──────┐
///  accepted ▶ serving ── command┴────┤ actor defers                  ▼
///              │                     └──────────────────▶ waiting   serving
///              │ drop, writer held                           │
///              ├─────────────────▶ zombie (pushes only)  ◀───┤ actor gone
///              │ drop otherwise, cut                         │
///              ├─────────────────▶ (forgotten)           ◀───┘
///              └ fault ──────────▶ hung (nothing at all)
/// ```
struct ConnectionRecord: Sendable {
    enum State: Sendable {
        /// Reads and executes the next command.
        case serving
        /// Executed a command whose answer is due later; nothing else is read before.
        case late(until: Duration, held: [ServerAction])
        /// The actor has deferred its answer: no command is read again.
        case waiting(for: ActorID)
        /// A dropped command whose connection something else keeps alive (wire reference §8.4).
        case zombie
        /// Neither read nor written any more.
        case hung
    }

    var state: State = .serving
    /// A subscription, a channel or a parent registration holds the connection's writer, so a drop
    /// cannot close it (wire reference §8.4).
    var isWriterHeld = false
    /// An answer was too large to encode: the next command executes, then the connection ends
    /// (wire reference §2.4).
    var isWriterDead = false

    var isServing: Bool {
        if case .serving = state { true } else { false }
    }

    var takesPushes: Bool {
        if case .hung = state { false } else { true }
    }
}
