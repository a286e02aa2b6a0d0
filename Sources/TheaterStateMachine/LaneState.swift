package import TheaterProtocol

/// One connection, from the wish to dial to its end.
///
/// ```
///          open             TCP up              echo
///   idle ───────▶ opening ─────────▶ verifying ──────▶ ready
///    ▲              │                    │               │
///    │              ├────────────────────┴───────────────┤ close
///    │    ended     ▼                                    ▼
///    └─────────── closing ◀──────────────────────────────┘
/// ```
///
/// The transport answers every `close` with `ended`, and reports the fate of every write before it.
/// Until then the lane stays in `closing`, because only the fate of the writes tells which commands
/// may have been executed. `ended` is legal in every state: peers close when they like.
package enum LaneState: ~Copyable {
    case idle
    case opening(Opening)
    case verifying(Verifying)
    case ready(Ready)
    case closing(Closing)
}

/// One dial: one TCP connection, or two when the wire format is a guess.
package struct Dial {
    package let attempt: Int
    package let deadline: MonotonicInstant
    /// The formats not yet given up, the current one first.
    package var formats: [WireFormat]
    /// Nothing is known about the server: the first format is a guess, too.
    package let isGuess: Bool
    /// The first format has been given up.
    package var isSecondTry = false
}

/// TCP is being established.
///
/// Reached from idle, or from verifying for the second guess.
package struct Opening {
    package let connection: ConnectionID
    package var dial: Dial

    package init(connection: ConnectionID, dial: Dial) {
        self.connection = connection
        self.dial = dial
    }
}

/// The opening fence is on its way.
///
/// Reached from opening.
package struct Verifying {
    package let connection: ConnectionID
    package let dial: Dial
    package let deadline: MonotonicInstant
    package let expectation: ReplyExpectation
    package var decoder: MessageDecoder
    package var encoder: MessageEncoder

    package init(
        from opening: Opening, expectation: ReplyExpectation, format: WireFormat,
        deadline: MonotonicInstant
    ) {
        connection = opening.connection
        dial = opening.dial
        self.deadline = deadline
        self.expectation = expectation
        decoder = MessageDecoder(format: format)
        encoder = MessageEncoder(format: format)
    }
}

/// The echo came: commands may be written.
///
/// Reached from verifying.
package struct Ready {
    package let connection: ConnectionID
    package let format: WireFormat
    package let since: MonotonicInstant
    /// Fixed for the connection, a little different for each, so that fleets spread.
    package let heartbeatInterval: Duration
    package var decoder: MessageDecoder
    package var encoder: MessageEncoder
    package private(set) var slots = FIFO<Slot>()
    /// How many of the slots nobody waits for any more.
    private var abandonedCount = 0
    /// Encoded commands of this turn; one write takes them all.
    package var outgoing: [[UInt8]] = []
    package var nextWrite: UInt64 = 1
    package var lastReplyAt: MonotonicInstant
    /// A reply came that needed the server's runtime.
    package var isProven = false

    package init(
        from verifying: Verifying, format: WireFormat, heartbeatInterval: Duration,
        now: MonotonicInstant
    ) {
        connection = verifying.connection
        self.format = format
        since = now
        self.heartbeatInterval = heartbeatInterval
        decoder = verifying.decoder
        encoder = verifying.encoder
        lastReplyAt = now
    }

    /// Nobody is told anything any more by the replies still owed, so no new work goes here.
    package var isSuspect: Bool { abandonedCount > 0 }

    package mutating func append(_ slot: Slot) {
        slots.append(slot)
    }

    package mutating func popSlot() -> Slot? {
        let slot = slots.popFirst()
        if slot?.occupant == .abandoned { abandonedCount -= 1 }
        return slot
    }

    /// Leaves a tombstone; returns whether the kernel had the command, or nil when there is no such slot.
    package mutating func abandon(_ id: RequestID) -> Bool? {
        guard let index = slots.indices.first(where: { slots[$0].occupant == .request(id) })
        else { return nil }
        slots[index].occupant = .abandoned
        abandonedCount += 1
        return slots[index].isHandedOver
    }

    package mutating func handOver(through write: UInt64) {
        for index in slots.indices.reversed() where slots[index].write <= write {
            // Everything before it was handed over with an earlier write.
            guard !slots[index].isHandedOver else { return }
            slots[index].isHandedOver = true
        }
    }

    /// Starts the patience of the fences that no live request stands before.
    package mutating func noteFencesAtHead(now: MonotonicInstant) {
        for index in slots.indices {
            switch slots[index].occupant {
            case .request: return
            case .abandoned, .subscription: continue
            case .fence(var fence):
                guard fence.atHeadSince == nil else { continue }
                fence.atHeadSince = now
                slots[index].occupant = .fence(fence)
            }
        }
    }
}

/// The transport was told to close; its `ended` is awaited.
package struct Closing {
    package enum Before {
        case dialling(Dial)
        case ready(Ready)
    }

    package let connection: ConnectionID
    package let reason: Reason
    package var before: Before

    package enum Reason: Equatable {
        case failure(LinkFailure)
        /// Not needed any more; nothing went wrong.
        case retired
    }

    package init(from opening: Opening, reason: Reason) {
        connection = opening.connection
        self.reason = reason
        before = .dialling(opening.dial)
    }

    package init(from verifying: Verifying, reason: Reason) {
        connection = verifying.connection
        self.reason = reason
        before = .dialling(verifying.dial)
    }

    package init(from ready: Ready, reason: Reason) {
        connection = ready.connection
        self.reason = reason
        before = .ready(ready)
    }
}

extension LaneState {
    /// The connection whose events this lane listens to; events of any other are out of date.
    package var connection: ConnectionID? {
        switch self {
        case .idle: nil
        case .opening(let opening): opening.connection
        case .verifying(let verifying): verifying.connection
        case .ready(let ready): ready.connection
        case .closing(let closing): closing.connection
        }
    }

    package var opening: Opening? {
        switch self {
        case .opening(let opening): opening
        default: nil
        }
    }

    package var verifying: Verifying? {
        switch self {
        case .verifying(let verifying): verifying
        default: nil
        }
    }

    package var ready: Ready? {
        switch self {
        case .ready(let ready): ready
        default: nil
        }
    }

    /// idle → opening.
    ///
    /// Does nothing in any other state.
    package mutating func open(_ connection: ConnectionID, dial: Dial) {
        switch consume self {
        case .idle: self = .opening(Opening(connection: connection, dial: dial))
        case let other: self = other
        }
    }

    /// opening → verifying.
    ///
    /// Does nothing in any other state.
    package mutating func verify(
        expecting expectation: ReplyExpectation, in format: WireFormat, deadline: MonotonicInstant
    ) {
        switch consume self {
        case .opening(let opening):
            self = .verifying(
                Verifying(
                    from: opening, expectation: expectation, format: format, deadline: deadline))
        case let other: self = other
        }
    }

    /// verifying → ready.
    ///
    /// Does nothing in any other state.
    package mutating func becomeReady(
        format: WireFormat, heartbeatInterval: Duration, now: MonotonicInstant
    ) {
        switch consume self {
        case .verifying(let verifying):
            self = .ready(
                Ready(
                    from: verifying, format: format, heartbeatInterval: heartbeatInterval,
                    now: now))
        case let other: self = other
        }
    }

    /// Any open state → closing; returns the connection to close, or nil when there is none left to close.
    package mutating func close(because reason: Closing.Reason) -> ConnectionID? {
        switch consume self {
        case .opening(let opening):
            self = .closing(Closing(from: opening, reason: reason))
            return opening.connection
        case .verifying(let verifying):
            self = .closing(Closing(from: verifying, reason: reason))
            return verifying.connection
        case .ready(let ready):
            let connection = ready.connection
            self = .closing(Closing(from: ready, reason: reason))
            return connection
        case .idle:
            self = .idle
            return nil
        case .closing(let closing):
            // The first reason stays: it is the cause, later ones are consequences.
            self = .closing(closing)
            return nil
        }
    }

    /// What a lane was doing when its connection ended.
    package enum Ended {
        case opening(Dial)
        case verifying(Dial)
        case ready(Ready)
        case closing(Closing)
    }

    /// Any state → idle.
    package mutating func end() -> Ended? {
        switch consume self {
        case .idle:
            self = .idle
            return nil
        case .opening(let opening):
            self = .idle
            return .opening(opening.dial)
        case .verifying(let verifying):
            self = .idle
            return .verifying(verifying.dial)
        case .ready(let ready):
            self = .idle
            return .ready(ready)
        case .closing(let closing):
            self = .idle
            return .closing(closing)
        }
    }

    /// Works on the ready connection in place; nil in any other state.
    package mutating func withReady<Value>(_ body: (inout Ready) -> Value) -> Value? {
        switch consume self {
        case .ready(var ready):
            let value = body(&ready)
            self = .ready(ready)
            return value
        case let other:
            self = other
            return nil
        }
    }

    /// Works on the connection being verified in place; nil in any other state.
    package mutating func withVerifying<Value>(_ body: (inout Verifying) -> Value) -> Value? {
        switch consume self {
        case .verifying(var verifying):
            let value = body(&verifying)
            self = .verifying(verifying)
            return value
        case let other:
            self = other
            return nil
        }
    }

    /// Ready, or closing from ready: where slots live.
    package mutating func withSlots<Value>(_ body: (inout Ready) -> Value) -> Value? {
        switch consume self {
        case .ready(var ready):
            let value = body(&ready)
            self = .ready(ready)
            return value
        case .closing(var closing):
            guard case .ready(var ready) = closing.before else {
                self = .closing(closing)
                return nil
            }
            let value = body(&ready)
            closing.before = .ready(ready)
            self = .closing(closing)
            return value
        case let other:
            self = other
            return nil
        }
    }
}
