public import TheaterProtocol
internal import TheaterStateMachine

/// Channels. Each lives on a connection of its own and ends with it; nothing here is ever sent twice,
/// except closing.
extension TheaterClient {
    /// Opens a channel to an actor.
    ///
    /// - Parameters:
    ///   - id: The actor.
    ///   - initialMessage: Handed to the actor, which may refuse.
    ///   - options: What this call wants differently.
    /// - Returns: The channel's id.
    /// - Throws: ``TheaterError``; ``TheaterError/Code/serverError`` with
    ///   `ManagementError.channelRejected` when the actor refuses.
    public func openChannel(
        to id: ActorID, initialMessage: [UInt8] = [], options: RequestOptions = .init()
    ) async throws(TheaterError) -> ChannelID {
        let deadline = deadline(options)
        let command = Command.openChannel(.actor(id), initialMessage: initialMessage)
        let reply: ServerMessage
        do {
            reply = try await perform(command, by: deadline)
        } catch {
            throw await explain(error, about: id, by: deadline)
        }
        guard case .channelOpened(let channel, _) = reply else { throw unexpected(reply, command) }
        return channel
    }

    /// Sends a message on a channel.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - channel: From ``openChannel(to:initialMessage:options:)``.
    ///   - options: What this call wants differently.
    /// - Throws: ``TheaterError``; ``TheaterError/Code/channelClosed`` when the channel's connection is gone.
    public func send(
        _ message: [UInt8], on channel: ChannelID, options: RequestOptions = .init()
    ) async throws(TheaterError) {
        _ = try await perform(.sendOnChannel(channel, message: message), by: deadline(options))
    }

    /// Closes a channel.
    ///
    /// Idempotent.
    ///
    /// - Parameters:
    ///   - channel: From ``openChannel(to:initialMessage:options:)``.
    ///   - options: What this call wants differently.
    /// - Throws: ``TheaterError``; ``TheaterError/Code/channelClosed`` when it had ended with its connection.
    public func closeChannel(
        _ channel: ChannelID, options: RequestOptions = .init()
    ) async throws(TheaterError) {
        defer { existingDriver?.forget(channel) }
        _ = try await perform(.closeChannel(channel), by: deadline(options))
    }

    /// What the actor sends on a channel, from the first message on.
    ///
    /// Servers since December 2025 never pass an actor's channel messages on (wire reference §5).
    ///
    /// - Parameter channel: From ``openChannel(to:initialMessage:options:)``, by this client.
    /// - Returns: A sequence for one consumer. It ends when the channel is closed, and throws
    ///   ``TheaterError/Code/channelClosed`` when its connection is lost.
    public func messages(on channel: ChannelID) -> ChannelMessages {
        ChannelMessages(client: self, channel: channel)
    }
}
