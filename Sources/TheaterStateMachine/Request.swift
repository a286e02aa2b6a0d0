package import TheaterProtocol

/// A command on its way in: what the caller decided.
package struct Submission {
    package var id: RequestID
    package var command: Command
    /// The command as JSON, made by the caller, off the loop.
    package var message: [UInt8]
    package var deadline: MonotonicInstant
    /// How often the server may close the link on this command; nil: the settings' number.
    package var dropLimit: Int?
    /// For a StartActor that subscribes: whose events these are.
    package var subscription: SubscriptionKey?

    package init(
        id: RequestID, command: Command, message: [UInt8], deadline: MonotonicInstant,
        dropLimit: Int? = nil, subscription: SubscriptionKey? = nil
    ) {
        self.id = id
        self.command = command
        self.message = message
        self.deadline = deadline
        self.dropLimit = dropLimit
        self.subscription = subscription
    }
}

/// A command between `submit` and its one completion.
struct Request {
    enum Place: Equatable {
        case queued
        case inFlight(LaneID)
    }

    let id: RequestID
    let name: String
    let commandClass: CommandClass
    let route: Route
    let message: [UInt8]
    let expectation: ReplyExpectation
    let mayDropLink: Bool
    let isUnknownToSomeEra: Bool
    let submittedAt: MonotonicInstant
    let deadline: MonotonicInstant
    let dropLimit: Int

    var place = Place.queued
    /// Dials it waited for that failed, and writes whose connection was lost.
    var attempts = 0
    /// How often the server closed the link with this request at the head.
    var drops = 0
    /// On some connection so far, so that a server may have executed it.
    var wasHandedOver = false
    var isWaitingForDial = false
    var lastLinkFailure: LinkFailure?

    init(_ submission: Submission, at now: MonotonicInstant, dropLimit: Int) {
        let command = submission.command
        id = submission.id
        name = command.name
        commandClass = command.commandClass
        route = submission.subscription.map { .subscription($0) } ?? Route(command)
        message = submission.message
        expectation = ReplyExpectation(command)
        mayDropLink = command.mayDropLink
        isUnknownToSomeEra = command.isUnknownToSomeEra
        submittedAt = now
        deadline = submission.deadline
        self.dropLimit = submission.dropLimit ?? dropLimit
    }

    /// Nothing happens when a read is executed once more.
    var hasEffect: Bool { commandClass != .readOnly }
    var maySendAgain: Bool { commandClass == .readOnly || commandClass == .idempotent }
}
