import Theater

/// A command and all that a real server did about it.
struct RecordedExchange {
    enum Outcome: Equatable {
        case reply(ServerMessage)
        case end
        case reset
        case silence
        /// The recording does not tell, or not in full.
        case unknown
    }

    let command: Command
    /// The command as it was recorded.
    let request: [UInt8]
    /// Whether this server could parse the command.
    let isKnown: Bool
    var outcome = Outcome.unknown
    /// The reply and the pushes around it, as they were on the wire.
    ///
    /// A subscription has all pushes of its connection.
    var frames: [[UInt8]] = []
    var pushes: [ServerMessage] = []

    var isReplayable: Bool { hasMethod && outcome != .unknown }

    /// Whether a method of the client sends this command and tells its outcome.
    var hasMethod: Bool {
        switch command {
        case .unsubscribeFromActor, .updateActorComponent, .updateActorPackage: return false
        case .startActor(_, _, let parent, _): return !parent
        case .openChannel(.external, _): return false
        // Events survive a lost connection: there is no end to be told.
        case .subscribeToActor:
            if case .reply = outcome { return true } else { return false }
        default: return true
        }
    }

    /// Channel ids never come twice in a client's life, in a recording they do.
    var wantsNewClient: Bool {
        if case .openChannel = command { true } else { channel != nil }
    }

    /// The channel that the command needs before it can be sent.
    var channel: ChannelID? {
        switch command {
        case .sendOnChannel(let id, _), .closeChannel(let id): id
        default: nil
        }
    }

    /// Some were recorded with ids in other spellings, and the like.
    var isSpelledByClient: Bool { request == command.encoded() }

    var isSubscribedFromBirth: Bool {
        if case .startActor(_, _, _, subscribe: true) = command { true } else { false }
    }

    /// What a second look at the actor may find, where it matters.
    var statuses: [ActorStatus] {
        switch outcome {
        case .reply(.error), .end, .reset: [.running, .stopped]
        default: [.running]
        }
    }
}

extension RecordedExchange {
    /// How the call must end, the server's second look saying `status`.
    func expectedEnd(_ status: ActorStatus) -> ReplayedCall.End {
        let failure: TheaterError.Code
        var serverError: ManagementError?
        switch outcome {
        case .reply(.error(let error)):
            failure = codeOfError(error, status)
            serverError = error
        case .reply(let message): return .value(message)
        case .end, .reset: failure = codeOfEnd(status)
        case .silence, .unknown: failure = isKnown ? .timeout : .unsupportedByServer
        }
        return .failure(failure, serverError)
    }

    private func codeOfError(_ error: ManagementError, _ status: ActorStatus) -> TheaterError.Code {
        guard command.isMessageToActor else { return .serverError }
        if status == .stopped { return .actorNotFound }
        if case .runtimeError = error { return .actorNotReadyOrFailed }
        return .serverError
    }

    private func codeOfEnd(_ status: ActorStatus) -> TheaterError.Code {
        switch command {
        case .closeChannel: .channelClosed
        case _ where command.isMessageToActor && status == .stopped: .actorNotFound
        case _ where !command.maySendAgain: .outcomeUnknown
        case _ where command.isReadOfActor:
            status == .stopped ? .actorNotFound : .actorNotReadyOrFailed
        default: command.commandClass == .readOnly ? .notConnected : .outcomeUnknown
        }
    }

    /// How often the server must see the command; never twice if it changes something.
    func expectedCount(_ status: ActorStatus) -> Int {
        guard outcome == .end || outcome == .reset else { return 1 }
        switch command {
        case .closeChannel: return 1
        case _ where command.isReadOfActor: return status == .stopped ? 1 : 2
        default: return command.maySendAgain ? 3 : 1
        }
    }
}

extension Command {
    var subscribes: Bool {
        switch self {
        case .subscribeToActor, .startActor(_, _, _, subscribe: true): true
        default: false
        }
    }

    fileprivate var isMessageToActor: Bool {
        switch self {
        case .sendActorMessage, .requestActorMessage, .openChannel: true
        default: false
        }
    }

    fileprivate var isReadOfActor: Bool {
        switch self {
        case .getActorState, .getActorMetrics, .getActorManifest, .getActorEvents: true
        default: false
        }
    }

    /// Written down once more: the client's own word on this is what is tested.
    fileprivate var maySendAgain: Bool {
        switch self {
        case .listActors, .getActorStatus, .stopActor, .terminateActor, .closeChannel: true
        default: isReadOfActor
        }
    }
}
