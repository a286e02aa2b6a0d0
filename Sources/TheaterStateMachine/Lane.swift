package import TheaterProtocol

/// A place for one connection at a time, and what it is for.
///
/// A class, because arrays cannot hold noncopyable values; it never leaves the machine.
package final class Lane {
    package enum Purpose: Hashable {
        case control
        case work
        /// Nil until the server has named the channel.
        case channel(ChannelID?)
        /// One subscription, because events do not say whose they are.
        case subscription(SubscriptionKey)
    }

    package let id: LaneID
    package var purpose: Purpose
    package var state: LaneState

    package init(id: LaneID, purpose: Purpose) {
        self.id = id
        self.purpose = purpose
        state = .idle
    }

    package var isIdle: Bool {
        switch state {
        case .idle: true
        default: false
        }
    }

    /// On the way to an echo.
    ///
    /// Also while a failed dial is being closed: its result is still to come.
    package var isDialling: Bool {
        switch state {
        case .opening: true
        case .verifying: true
        case .closing(let closing): if case .dialling = closing.before { true } else { false }
        case .idle: false
        case .ready: false
        }
    }

    /// Being closed because something went wrong; what that means for the next dial is known when it
    /// has ended.
    package var isBeingLost: Bool {
        switch state {
        case .closing(let closing): closing.reason != .retired
        default: false
        }
    }

    package var isReady: Bool {
        switch state {
        case .ready: true
        default: false
        }
    }

    /// How many commands are unanswered, or nil when no work may be given to the lane.
    package var load: Int? {
        guard let ready = state.ready, !ready.isSuspect else { return nil }
        return ready.slots.count
    }
}
