/// The states of the link as they come: the current one first, then the latest after each change.
///
/// Each iteration has its own place; a slow one misses intermediate states but never the latest. Ends
/// after ``ConnectionState/closed``.
public struct ConnectionStates: AsyncSequence, Sendable {
    /// A connection state.
    public typealias Element = ConnectionState
    /// Nothing is thrown.
    public typealias Failure = Never

    let makeStream: @Sendable () -> AsyncStream<ConnectionState>

    /// One iteration.
    public struct AsyncIterator: AsyncIteratorProtocol {
        var base: AsyncStream<ConnectionState>.Iterator

        /// The next state; nil after the client was closed or the task cancelled.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(Never) -> ConnectionState? {
            await base.next(isolation: actor)
        }
    }

    /// Starts with the current state.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: makeStream().makeAsyncIterator())
    }
}
