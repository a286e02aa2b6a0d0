package import TheaterProtocol

/// Which reply may fill the slot of a command: its variant and the id it echoes.
///
/// Replies carry no request id; this check is what notices that requests and replies got out of step
/// (wire reference §8.2).
package struct ReplyExpectation: Sendable {
    private let command: Command.Shape

    package init(_ command: Command) {
        self.command = command.shape
    }

    package func isMet(by message: ServerMessage) -> Bool {
        switch (command, message) {
        case (.fence(let id), .unsubscribed(let echoed)): id == echoed
        case (.fence, .error): false
        // An error names nobody, so it belongs to the oldest command (wire reference §8.2).
        case (_, .error): true
        case (.start, .actorStarted), (.list, .actorList), (.newStore, .storeCreated): true
        case (.openChannel, .channelOpened): true
        case (.stop(let id), .actorStopped(let echoed)): id == echoed
        case (.subscribe(let id), .subscribed(let echoed, _)): id == echoed
        case (.send(let id), .sentMessage(let echoed)): id == echoed
        case (.request(let id), .requestedMessage(let echoed, _)): id == echoed
        case (.manifest(let id), .actorManifest(let echoed, _)): id == echoed
        case (.status(let id), .actorStatus(let echoed, _)): id == echoed
        case (.restart(let id), .restarted(let echoed)): id == echoed
        case (.state(let id), .actorState(let echoed, _)): id == echoed
        case (.events(let id), .actorEvents(let echoed, _)): id == echoed
        case (.metrics(let id), .actorMetrics(let echoed, _)): id == echoed
        case (.update(let id), .actorComponentUpdated(let echoed)): id == echoed
        case (.update(let id), .actorPackageUpdated(let echoed)): id == echoed
        case (.sendOnChannel(let id), .messageSent(let echoed)): id == echoed
        case (.closeChannel(let id), .channelClosed(let echoed)): id == echoed
        default: false
        }
    }

    /// A reply that proves that the server's runtime lives; a fence's echo does not.
    package var provesRuntime: Bool {
        if case .fence = command { false } else { true }
    }
}

extension Command {
    /// The command without its payload: what a slot has to remember.
    fileprivate enum Shape {
        case start
        case stop(ActorID)
        case list
        case subscribe(ActorID)
        case fence(ActorID)
        case send(ActorID)
        case request(ActorID)
        case manifest(ActorID)
        case status(ActorID)
        case restart(ActorID)
        case state(ActorID)
        case events(ActorID)
        case metrics(ActorID)
        case update(ActorID)
        case openChannel
        case sendOnChannel(ChannelID)
        case closeChannel(ChannelID)
        case newStore
    }

    fileprivate var shape: Shape {
        switch self {
        case .startActor: .start
        case .stopActor(let id), .terminateActor(let id): .stop(id)
        case .listActors: .list
        case .subscribeToActor(let id): .subscribe(id)
        case .unsubscribeFromActor(let id, _): .fence(id)
        case .sendActorMessage(let id, _): .send(id)
        case .requestActorMessage(let id, _): .request(id)
        case .getActorManifest(let id): .manifest(id)
        case .getActorStatus(let id): .status(id)
        case .restartActor(let id): .restart(id)
        case .getActorState(let id): .state(id)
        case .getActorEvents(let id): .events(id)
        case .getActorMetrics(let id): .metrics(id)
        case .updateActorComponent(let id, _), .updateActorPackage(let id, _): .update(id)
        case .openChannel: .openChannel
        case .sendOnChannel(let id, _): .sendOnChannel(id)
        case .closeChannel(let id): .closeChannel(id)
        case .newStore: .newStore
        }
    }
}
