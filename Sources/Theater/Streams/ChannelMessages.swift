internal import TheaterProtocol

/// What an actor sends on a channel, in order, for one consumer.
///
/// See ``TheaterClient/messages(on:)``.
public struct ChannelMessages: AsyncSequence, Sendable {
    /// A message, or the note that some are missing.
    public enum Element: Sendable, Hashable {
        /// The bytes that the actor sent.
        case message([UInt8])
        /// So many messages were dropped here, because the consumer was slow.
        case missed(Int)
    }

    /// The error of an end that was not asked for.
    public typealias Failure = TheaterError

    let client: TheaterClient
    let channel: ChannelID

    /// One iteration.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let client: TheaterClient
        let channel: ChannelID
        var buffer: ChannelBuffer?
        var hasEnded = false

        /// The next message; nil after the channel was closed or the task cancelled.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(TheaterError) -> Element? {
            guard !hasEnded else { return nil }
            if buffer == nil { buffer = await client.existingDriver?.buffer(of: channel) }
            switch await buffer?.next() ?? .ended(nil) {
            case .element(let bytes): return .message(bytes)
            case .dropped(let count): return .missed(count)
            case .ended(let error):
                hasEnded = true
                if !Task.isCancelled { client.existingDriver?.forget(channel) }
                if let error { throw error }
                return nil
            }
        }
    }

    /// Begins with the oldest message that nobody has taken.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(client: client, channel: channel)
    }
}
