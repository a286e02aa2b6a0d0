import TheaterProtocol
import TheaterStateMachine

/// What a subscription's connection brings.
enum SubscriptionSignal: Sendable {
    case event(ChainEvent)
    /// Registered on the server; again: after a loss.
    case registered(Push.Registration)
    case interrupted(ConnectionFailure)
}

typealias EventBuffer = StreamBuffer<SubscriptionSignal>
typealias ChannelBuffer = StreamBuffer<[UInt8]>

/// Who gets what no request asked for.
///
/// Loop thread only.
struct StreamTables {
    private var subscriptions: [SubscriptionKey: EventBuffer] = [:]
    private var channels: [ChannelID: ChannelBuffer] = [:]
    /// Channels that ended before anybody asked for their messages, oldest first.
    private var unclaimed: [ChannelID] = []
    private static let unclaimedLimit = 64
    private static let channelLimit = 1_024
    private let limits: StreamPolicy

    init(limits: StreamPolicy) {
        self.limits = limits
    }

    mutating func insert(_ buffer: EventBuffer, for key: SubscriptionKey) {
        subscriptions[key] = buffer
    }

    mutating func remove(_ key: SubscriptionKey) {
        subscriptions[key] = nil
    }

    /// The messages of a channel, from the first one on; they may come before anybody asks for them, and
    /// before the reply that names the channel.
    mutating func buffer(of channel: ChannelID) -> ChannelBuffer {
        if let buffer = channels[channel] { return buffer }
        let buffer = ChannelBuffer(
            elementLimit: limits.bufferedElements, byteLimit: limits.bufferedBytes)
        channels[channel] = buffer
        return buffer
    }

    /// Its messages are not asked for any more.
    mutating func forget(_ channel: ChannelID) {
        channels.removeValue(forKey: channel)?.end(nil)
        unclaimed.removeAll { $0 == channel }
    }

    private mutating func end(_ channel: ChannelID, _ error: TheaterError?) {
        // Also when nobody has asked yet: it is told how the channel ended.
        buffer(of: channel).end(error)
        guard !unclaimed.contains(channel) else { return }
        unclaimed.append(channel)
        if unclaimed.count > Self.unclaimedLimit { channels[unclaimed.removeFirst()] = nil }
    }

    mutating func deliver(_ push: Push, endpoint: Endpoint) {
        switch push {
        case .message(.actorEvent(_, let event), from: .subscription(let key)):
            subscriptions[key]?.append(.event(event), bytes: event.data.count + 256)
        // Only a channel's own connection speaks for it; before the channel has a name, any may be meant.
        case .message(.channelMessage(let channel, _, let message), from: .channel(let own))
        where own == channel || (own == nil && channels.count < Self.channelLimit):
            buffer(of: channel).append(message, bytes: message.count + 1)
        case .message(.channelClosed(let channel), from: .channel(let own)) where own == channel:
            end(channel, nil)
        case .message: break
        case .registered(let key, let registration):
            subscriptions[key]?.append(.registered(registration), bytes: 0)
        case .interrupted(let key, let cause):
            subscriptions[key]?.append(.interrupted(ConnectionFailure(cause)), bytes: 0)
        case .actorGone(let key):
            subscriptions.removeValue(forKey: key)?.end(.streamEnded(.actorNotFound, endpoint))
        case .channelLost(let channel, let cause):
            let error: TheaterError? =
                cause == .closedByClient ? nil : .streamEnded(.channelClosed, endpoint)
            end(channel, error)
        }
    }

    /// The client was closed.
    mutating func endAll() {
        for buffer in subscriptions.values { buffer.end(nil) }
        for buffer in channels.values { buffer.end(nil) }
        subscriptions = [:]
        channels = [:]
    }
}
