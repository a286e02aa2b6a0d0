import TheaterProtocol

/// Running an actor's handlers, and what its chain records of it.
extension ServerMachine {
    /// Hands a message to an actor.
    mutating func deliver(_ call: ActorCall, to id: ActorID) -> ActorOutcome {
        guard actors[id]?.isPaused == false else { return .undelivered }
        statistics.countDelivery(of: call.payload)
        actors[id]?.calls += 1
        actors[id]?.lastCallAt = now
        let function = "\(behavior.namespace)/message-server-client.\(call.kind.function)"
        record(.called(function: function, parameters: parameters(of: call)), of: id)
        record(.logged(call.kind.logLine), of: id)
        let reaction = ActorReaction(to: call, hasShutdown: behavior.hasShutdown)
        for line in 0..<reaction.lines { record(.logged("line \(line)"), of: id) }
        if case .fails(let message) = reaction.ending {
            fail(id, in: function, message: message)
            return .failed
        }
        actors[id]?.count += 1
        actors[id]?.store()
        switch reaction.ending {
        case .returns(let response):
            recordReturn(of: function, response: result(of: call, response: response), from: id)
            return .returned(response)
        case .defers:
            recordReturn(of: function, response: Array("[null]".utf8), from: id)
            return .deferred
        case .refuses:
            recordReturn(of: function, response: Array("null".utf8), from: id)
            return .refused
        case .shutsDown(let result):
            record(.shutdownCalled(result: result), of: id)
            if behavior.eventFormat == .nested { record(.shutdownRequested, of: id) }
            recordReturn(of: function, response: Array("null".utf8), from: id)
            shutDown(id, result: result)
            return .returned(call.payload)
        case .fails:
            return .failed
        }
    }

    private mutating func shutDown(_ id: ActorID, result: [UInt8]?) {
        if behavior.reportsToParent, let parent = actors[id]?.parent {
            steps.append(.push(.actorResult(.success(id, result: result)), to: parent))
        }
        if behavior.announcesStop { record(.stopped, of: id) }
        removeActor(id)
    }

    /// A handler trapped or returned an error (wire reference §8.8).
    mutating func fail(_ id: ActorID, in function: String, message: String) {
        guard let actor = actors[id] else { return }
        let (subscribers, parent) = (actor.subscribers, actor.parent)
        actors[id]?.failedCalls += 1
        let before = steps.count
        guard let event = record(.failed(function: function, message: message), of: id) else {
            return
        }
        let failure = ActorFailure.internalError(event)
        if behavior.pushesActorError {
            let named = behavior.eventsNameActor ? id : nil
            steps.insert(
                contentsOf: subscribers.map {
                    .push(.actorError(named, failure), to: $0.connection)
                }, at: before)
        }
        if behavior.reportsToParent, let parent {
            steps.append(.push(.actorResult(.error(id, failure)), to: parent))
        }
        if behavior.trapPauses {
            actors[id]?.isPaused = true
        } else {
            record(.stopped, of: id)
            trappedActors.insert(id)
            removeActor(id)
        }
    }

    mutating func recordReturn(of function: String, response: [UInt8], from id: ActorID) {
        let state = actors[id]?.state ?? []
        record(.returned(function: function, state: state, response: response), of: id)
    }

    /// Adds an event to an actor's chain and pushes it to the subscribers.
    @discardableResult
    mutating func record(_ content: EventContent, of id: ActorID) -> ChainEvent? {
        // Not the whole actor: its chain would be copied when it grows below.
        guard let subscribers = actors[id]?.subscribers else { return nil }
        let time = era == .april2025 && content.isWasm ? 0 : milliseconds(at: now)
        let event = actors[id]?.chain.append(
            ChainEvent(
                hash: [], parentHash: nil, eventType: content.type(in: behavior.namespace),
                data: content.data(as: behavior.eventFormat, namespace: behavior.namespace),
                timestampMilliseconds: behavior.eventsHaveTime ? time : nil,
                eventDescription: behavior.eventsHaveTime ? content.eventDescription : nil))
        guard let event else { return nil }
        let named = behavior.eventsNameActor ? id : nil
        for subscriber in subscribers {
            steps.append(.push(.actorEvent(named, event), to: subscriber.connection))
        }
        return event
    }

    /// The parameters as JSON: the message, before it the id of a request or a channel.
    private mutating func parameters(of call: ActorCall) -> [UInt8] {
        let message = JSONValue.array([EventContent.numbers(Self.shortened(call.payload))])
        guard call.kind == .request || call.kind == .channelOpen, let item = message.array?.first
        else { return message.encoded() }
        let id = SubscriptionID.random(using: &generator).description
        return JSONValue.array([.string(id), item]).encoded()
    }

    private func result(of call: ActorCall, response: [UInt8]) -> [UInt8] {
        guard call.kind == .request else { return Array("null".utf8) }
        return JSONValue.array([EventContent.numbers(Self.shortened(response))]).encoded()
    }

    /// Each byte of a payload costs about forty on a subscriber's connection: long ones appear in
    /// events with their first 4,096 bytes only.
    private static func shortened(_ payload: [UInt8]) -> [UInt8] {
        Array(payload.prefix(4_096))
    }
}
