extension EventChain {
    /// Where the chain begins.
    public enum Start: Sendable, Equatable {
        /// With the actor's first event: a subscription that was there from the start.
        case birth
        /// With whatever event comes first; what precedes it is refused.
        case firstEvent
        /// Behind the event with this hash.
        case after([UInt8])
    }

    /// The most that is held back.
    public struct Window: Sendable, Equatable {
        /// Events held.
        public var events: Int
        /// Hashes remembered of events whose place is taken: an event that comes twice is known for
        /// so long.
        public var remembered: Int
        /// Bytes of the events held.
        public var bytes: Int

        /// A window; counts below 1 are taken as 1, and at least as many are remembered as held.
        ///
        /// - Parameters:
        ///   - events: The most events.
        ///   - bytes: The most bytes of events.
        ///   - remembered: The most hashes remembered.
        public init(
            events: Int = Limits.heldEvents, bytes: Int = Limits.heldEventBytes,
            remembered: Int = Limits.heldEvents
        ) {
            self.events = max(events, 1)
            self.remembered = max(remembered, self.events)
            self.bytes = max(bytes, 1)
        }
    }

    /// Why an event did not find its place; it was not taken.
    public enum Fault: Error, Equatable {
        /// Its hash is not that of its content.
        case altered
        /// Its place is passed: it precedes the start, comes after its gap was given up, or is
        /// another child of a parent that has one. So many events are dropped: itself and those
        /// that were held because of it.
        case placePassed(dropped: Int)
        /// As many events or bytes are held as the window allows: `fill` or `giveUp`, then append
        /// it again.
        case windowFull
    }
}
