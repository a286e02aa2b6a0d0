public import TheaterProtocol

/// An actor's events in the order of their hash chain, whole wherever the server allows it.
///
/// Each iteration subscribes anew, on a connection of its own, and survives its loss: it subscribes again,
/// and what was missed in between is taken from the server's history where there is one (until May
/// 2026). It ends with ``TheaterError/Code/actorNotFound`` when the actor does not run any more.
/// See ``TheaterClient/events(of:)``.
public struct ActorEvents: AsyncSequence, Sendable {
    /// An event, or the note that the chain cannot be shown unbroken here.
    public enum Element: Sendable, Hashable {
        /// The next event; its parent is the one before it, unless a gap stands between them.
        case event(ChainEvent)
        /// Events may be missing here.
        case gap(EventGap)
    }

    /// The error of an end that was not asked for.
    public typealias Failure = TheaterError

    let makeSession: @Sendable () -> EventSession

    /// One iteration; it unsubscribes when it is released.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let session: EventSession

        /// The next event or gap; nil when the client was closed or the task cancelled.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(TheaterError) -> Element? {
            try await session.next()
        }
    }

    /// Nothing is sent before the first element is asked for.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(session: makeSession())
    }
}

/// A place in a stream of events where the chain cannot be shown unbroken.
public struct EventGap: Sendable, Hashable {
    /// Why events may be missing.
    public enum Reason: Sendable, Hashable {
        /// The server did not send them, or the connection was lost meanwhile, and no history has them.
        case notReceived
        /// They were dropped here, because the consumer was slow.
        case slowConsumer
        /// An event was left out, because it does not have the hash it claims.
        case unverified
    }

    /// How many are missing.
    public enum Missed: Sendable, Hashable {
        /// Nobody knows; perhaps none.
        case unknown
        /// So many.
        case count(Int)
    }

    /// Why events may be missing.
    public let reason: Reason
    /// The hash of the last event before the gap; nil at the beginning.
    public let lastHash: [UInt8]?
    /// How many are missing.
    public let missed: Missed
}
