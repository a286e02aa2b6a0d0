/// How a command may be repeated (resilience §0.3).
public enum CommandClass: Sendable, Hashable {
    /// Changes nothing: may be sent again.
    case readOnly
    /// Has the same effect twice as once: may be sent again.
    case idempotent
    /// Belongs to its connection: done anew on each connection.
    case connectionScoped
    /// Must never be sent twice.
    case nonIdempotent
}

extension Command {
    /// How this command may be repeated (resilience §0.3).
    public var commandClass: CommandClass {
        switch self {
        case .listActors, .getActorManifest, .getActorStatus, .getActorState, .getActorMetrics,
            .getActorEvents:
            .readOnly
        case .stopActor, .terminateActor, .unsubscribeFromActor, .closeChannel:
            .idempotent
        case .subscribeToActor:
            .connectionScoped
        case .startActor, .sendActorMessage, .requestActorMessage, .restartActor, .openChannel,
            .sendOnChannel, .newStore, .updateActorComponent, .updateActorPackage:
            .nonIdempotent
        }
    }
}
