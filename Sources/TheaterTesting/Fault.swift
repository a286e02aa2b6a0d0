/// One scripted misbehaviour of a `TestServer`.
///
/// Faults stand in a list. Each command, and each new connection, meets at most one of them: the
/// first whose trigger fits. A fault leaves the list when it was met `times` times.
///
/// ```swift
/// await server.inject(Fault(.cutBeforeReply(.reset), on: .command("StartActor")))
/// ```
public struct Fault: Sendable, Equatable {
    /// How a connection ends.
    public enum Cut: Sendable, Hashable {
        /// FIN: the peer reads what was sent, then the end of the stream.
        case close
        /// RST: the peer may lose what it has not read yet.
        case reset
    }

    /// What the server does.
    public enum Action: Sendable, Equatable {
        /// The command is not executed; at `.accept`, the connection ends at once.
        case cutBeforeExecuting(Cut)
        /// Executes, then cuts without answering.
        case cutBeforeReply(Cut)
        /// Executes and answers, then cuts.
        case cutAfterReply(Cut)
        /// Executes, sends only the first `bytes` bytes of the reply (frame header included), then
        /// cuts.
        case cutInsideReply(bytes: Int, Cut)
        /// Executes, never answers, goes on with later commands.
        case swallowReply
        /// Does not execute; stops reading and writing this connection for good, keeps it open.
        case hang
        /// Executes; the reply arrives in pieces of `bytes` bytes, each its own write and a
        /// millisecond after the one before, so that TCP cannot join them.
        case splitReply(bytes: Int)
        /// Executes; these bytes instead of the reply.
        case garbage([UInt8])
        /// Executes at once, answers later; later commands of the connection wait meanwhile.
        case delayReply(Duration)
    }

    /// What sets the fault off.
    public enum Trigger: Sendable, Hashable {
        /// A command of this wire name ("SendActorMessage"), or nil: any command but the fence
        /// UnsubscribeFromActor (wire reference §8.2).
        case command(String?)
        /// A new connection, as soon as it is accepted. Every cut means `cutBeforeExecuting`;
        /// `delayReply` delays the first read; `splitReply` and `swallowReply` do nothing.
        case accept
    }

    /// What sets the fault off.
    public var trigger: Trigger
    /// What the server does then.
    public var action: Action
    /// How often; `Int.max` for good, less than 1 never.
    public var times: Int

    /// A fault to be injected into a `TestServer`.
    ///
    /// - Parameters:
    ///   - action: What the server does.
    ///   - trigger: What sets it off.
    ///   - times: How often; `Int.max` for good.
    public init(_ action: Action, on trigger: Trigger = .command(nil), times: Int = 1) {
        self.trigger = trigger
        self.action = action
        self.times = times
    }
}

extension Fault.Action {
    /// How the connection ends, for the actions that end it.
    var cut: Fault.Cut? {
        switch self {
        case .cutBeforeExecuting(let cut), .cutBeforeReply(let cut), .cutAfterReply(let cut),
            .cutInsideReply(_, let cut):
            cut
        case .swallowReply, .hang, .splitReply, .garbage, .delayReply:
            nil
        }
    }
}
