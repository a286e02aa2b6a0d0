import TheaterProtocol

/// A place in the order of replies of one connection.
package struct Slot {
    package enum Occupant: Equatable {
        case request(RequestID)
        /// A tombstone: its caller has been told already, the reply (if any) is swallowed.
        case abandoned
        case fence(Fence)
        /// Asked by the machine for a subscription: subscribing, or whether its actor still runs.
        case subscription(SubscriptionKey)
    }

    package struct Fence: Equatable {
        package enum Purpose: Equatable {
            case heartbeat
            /// Clears the slots before it: whatever was not answered then never will be.
            case clearing
        }

        package var purpose: Purpose
        package var patience: Duration
        /// Since when no live request stands before it; the patience counts from here, because a
        /// healthy server works on one command at a time and may be slow.
        package var atHeadSince: MonotonicInstant?
    }

    package var occupant: Occupant
    package var expectation: ReplyExpectation
    /// The write that carried the command.
    package var write: UInt64
    /// The kernel took the last byte; before that, no server can have executed the command.
    package var isHandedOver = false
}
