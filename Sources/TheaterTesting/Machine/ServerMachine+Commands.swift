import TheaterProtocol

/// The twenty commands (wire reference §7).
extension ServerMachine {
    mutating func execute(_ command: Command, on connection: ConnectionID) {
        if isRuntimeDead, !survivesDeadRuntime(command, on: connection) { return }
        switch command {
        case .startActor(let manifest, let state, let parent, let subscribe):
            startActor(
                manifest, initialState: state, on: connection,
                wishes: StartWishes(parent: parent, subscribe: subscribe))
        case .stopActor(let id):
            stopActor(id, announced: behavior.announcesStop)
        case .terminateActor(let id):
            stopActor(id, announced: false)
        case .listActors:
            let running = actors.values.sorted { $0.startNumber < $1.startNumber }
            answer(.actorList(running.map { ActorSummary(id: $0.id, name: $0.manifest.name) }))
        case .subscribeToActor(let id):
            subscribe(connection, to: id)
        case .unsubscribeFromActor(let id, _):
            // Edits a map nobody reads: the events go on (wire reference §7).
            answer(.unsubscribed(id))
        case .sendActorMessage(let id, let data):
            send(data, to: id)
        case .requestActorMessage(let id, let data):
            request(data, of: id)
        case .getActorManifest, .getActorStatus, .getActorState, .getActorEvents,
            .getActorMetrics:
            query(command)
        case .restartActor(let id):
            restartActor(id)
        case .updateActorComponent(let id, let component):
            updateActor(id, component: component)
        case .updateActorPackage:
            answer(.error(.runtimeError("UpdateActorPackage not yet implemented")))
        case .openChannel(let target, let message):
            openChannel(to: target, message: message, on: connection)
        case .sendOnChannel(let channel, let message):
            sendOnChannel(channel, message: message)
        case .closeChannel(let channel):
            closeChannel(channel)
        case .newStore:
            answer(.storeCreated(SubscriptionID.random(using: &generator).description))
        }
    }

    mutating func answer(_ message: ServerMessage) {
        steps.append(.answer(message))
    }

    mutating func subscribe(_ connection: ConnectionID, to id: ActorID) {
        let subscription = SubscriptionID.random(using: &generator)
        connections[connection]?.isWriterHeld = true
        actors[id]?.subscribers.append(.init(id: subscription, connection: connection))
        answer(.subscribed(id, subscription))
    }

    /// With the runtime dead, all is dropped but what the connection answers by itself; a
    /// subscription first takes hold of its own connection (wire reference §8.5).
    private mutating func survivesDeadRuntime(
        _ command: Command, on connection: ConnectionID
    ) -> Bool {
        switch command {
        case .unsubscribeFromActor:
            return true
        case .startActor:
            answer(
                .error(.communicationError("Failed to send spawn command: channel closed")))
        case .subscribeToActor:
            connections[connection]?.isWriterHeld = true
            steps.append(.drop)
        default:
            steps.append(.drop)
        }
        return false
    }
}
