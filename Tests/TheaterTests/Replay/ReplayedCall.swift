import Theater

/// A recorded command as a call of the client's methods.
struct ReplayedCall {
    enum End: Equatable {
        /// What was returned, as the reply it stands for.
        case value(ServerMessage)
        case failure(TheaterError.Code, ManagementError?)
    }

    let client: TheaterClient
    let exchange: RecordedExchange
    let options: RequestOptions
    private(set) var pushes: [ServerMessage] = []

    init(_ exchange: RecordedExchange, by client: TheaterClient) {
        self.client = client
        self.exchange = exchange
        // Only a command without an answer has to end by time.
        let isSilent = exchange.outcome == .silence && exchange.isKnown
        options = RequestOptions(timeout: isSilent ? .milliseconds(400) : .seconds(20))
    }

    mutating func run() async -> (end: End, error: TheaterError?) {
        do throws(TheaterError) {
            return (.value(try await perform()), nil)
        } catch {
            return (.failure(error.code, error.serverError), error)
        }
    }

    private mutating func perform() async throws(TheaterError) -> ServerMessage {
        switch exchange.command {
        case .listActors: return .actorList(try await client.listActors(options: options))
        case .newStore: return .storeCreated(try await client.newStore(options: options))
        case .getActorStatus(let id):
            return .actorStatus(id, try await client.status(of: id, options: options))
        case .getActorState(let id):
            return .actorState(id, try await client.state(of: id, options: options))
        case .getActorManifest(let id):
            return .actorManifest(
                id, .object(try await client.manifest(of: id, options: options).json))
        case .getActorMetrics(let id):
            return .actorMetrics(
                id, .object(try await client.metrics(of: id, options: options).json))
        case .getActorEvents(let id):
            return .actorEvents(id, try await client.eventHistory(of: id, options: options))
        case .sendActorMessage(let id, let data):
            try await client.send(data, to: id, options: options)
            return .sentMessage(id)
        case .requestActorMessage(let id, let data):
            return .requestedMessage(id, try await client.request(data, of: id, options: options))
        case .stopActor(let id):
            try await client.stopActor(id, options: options)
            return .actorStopped(id)
        case .terminateActor(let id):
            try await client.terminateActor(id, options: options)
            return .actorStopped(id)
        case .restartActor(let id):
            let new = try await client.restartActor(id, options: options)
            return new == ReplayServer.stranger ? .restarted(id) : .restarted(new)
        case .startActor(let manifest, let state, _, subscribe: false):
            return .actorStarted(
                try await client.startActor(
                    manifest: manifest, initialState: state, options: options))
        default: return try await performWithStream()
        }
    }

    private mutating func performWithStream() async throws(TheaterError) -> ServerMessage {
        switch exchange.command {
        case .startActor(let manifest, let state, _, _):
            let (id, events) = try await client.startSubscribedActor(
                manifest: manifest, initialState: state, options: options)
            try await collect(events)
            return .actorStarted(id)
        case .subscribeToActor(let id):
            try await collect(client.events(of: id))
            // The subscription's id is of no use to a consumer.
            guard case .reply(.subscribed(_, let subscription)) = exchange.outcome else { break }
            return .subscribed(id, subscription)
        case .openChannel(.actor(let id), let message):
            let channel = try await client.openChannel(
                to: id, initialMessage: message, options: options)
            try await leave(channel)
            return .channelOpened(channel, .actor(id))
        case .sendOnChannel(let id, let message):
            let channel = try await client.openChannel(to: ReplayServer.stranger)
            do throws(TheaterError) {
                try await client.send(message, on: channel, options: options)
            } catch {
                try? await client.closeChannel(channel)
                throw error
            }
            try await leave(channel)
            return .messageSent(id)
        case .closeChannel(let id):
            let channel = try await client.openChannel(to: ReplayServer.stranger)
            try await client.closeChannel(channel, options: options)
            return .channelClosed(id)
        default: break
        }
        preconditionFailure("not replayable: \(exchange.command)")
    }

    /// All events up to the actor's end.
    private mutating func collect(_ events: ActorEvents) async throws(TheaterError) {
        do throws(TheaterError) {
            for try await element in events {
                switch element {
                case .event(let event): pushes.append(.actorEvent(nil, event))
                case .gap: pushes.append(RecordedEvents.gap)
                }
            }
        } catch {
            guard error.code == .actorNotFound else { throw error }
        }
    }

    /// Takes the recorded messages of the channel, then sees it closed, or closes it.
    private mutating func leave(_ channel: ChannelID) async throws(TheaterError) {
        var messages = client.messages(on: channel).makeAsyncIterator()
        for push in exchange.pushes {
            switch push {
            case .channelMessage(channel, let sender, _):
                guard case .message(let bytes) = try await messages.next(isolation: nil) else {
                    return
                }
                pushes.append(.channelMessage(channel, sender: sender, message: bytes))
            case .channelClosed(channel):
                if try await messages.next(isolation: nil) == nil { pushes.append(push) }
                return
            default: break
            }
        }
        try await client.closeChannel(channel)
    }

    /// The recorded pushes that a consumer of this call must have been given.
    var expectedPushes: [ServerMessage] {
        if exchange.command.subscribes { return RecordedEvents(exchange).inOrder }
        return exchange.pushes.filter { push in
            switch push {
            case .channelMessage(let id, _, _), .channelClosed(let id): id == channel
            default: false
            }
        }
    }

    /// The channel whose messages the call takes.
    private var channel: ChannelID? {
        switch (exchange.command, exchange.outcome) {
        case (.openChannel, .reply(.channelOpened(let id, _))): id
        case (.sendOnChannel(let id, _), .reply(.messageSent)): id
        default: nil
        }
    }
}
