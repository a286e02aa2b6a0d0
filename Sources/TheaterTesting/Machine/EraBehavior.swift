import TheaterProtocol

/// How the servers of the four eras differ, in one table (wire reference §7, §8, §12).
struct EraBehavior: Sendable {
    /// Where a manifest may come from.
    enum ManifestSources: Sendable {
        /// A path that exists on the server, `store:`, else TOML text.
        case pathOrText
        /// `https:` too.
        case pathTextOrURL
        /// Never text.
        case reference
    }

    /// What becomes of StartActor's `initial_state`.
    enum InitialState: Sendable {
        case anyBytes
        case mustBeJSON
        case ignored
    }

    /// Who delivers messages.
    enum Messaging: Sendable {
        /// The runtime, which answers before delivery and drops what fails.
        case runtime
        /// The message router, which answers with errors; actors cannot push to channels.
        case router
    }

    /// What RestartActor and UpdateActorComponent do.
    enum Replacing: Sendable {
        case works
        case updateFails
        case notImplemented
    }

    /// How `ChainEvent.data` is written.
    enum EventFormat: Sendable {
        case nested
        case categorized
        case binary
    }

    var manifests: ManifestSources
    var initialState: InitialState
    /// An actor is set up when ActorStarted is answered; otherwise nothing about its component has
    /// been looked at.
    var setsUpBeforeAnswer = true
    /// The actor's `init` runs, and it registers for messages.
    var runsInit = true
    var messaging: Messaging
    var replacing: Replacing
    /// A paused actor (after a trap) still answers state, metrics and events.
    var pausedActorAnswers = false
    /// A trap pauses the actor; otherwise it removes it.
    var trapPauses: Bool
    /// Subscribers get ActorError.
    var pushesActorError: Bool
    /// A parent hears of its actors (ActorResult).
    var reportsToParent = true
    /// StopActor tells the parent and the subscribers.
    var announcesStop: Bool
    /// The actor can shut itself down.
    var hasShutdown = true
    /// GetActorEvents of an unknown actor is an error; otherwise a drop.
    var unknownEventsAreAnError: Bool
    /// A zombie is reset once the actor it was subscribed to is stopped.
    var zombieEndsWithActor = false
    /// `ActorEvent` names its actor.
    var eventsNameActor = false
    var eventFormat: EventFormat
    /// What the names of an actor's interfaces begin with.
    var namespace = "theater:simple"
    /// Events have a timestamp and a description.
    var eventsHaveTime: Bool
    /// Errors have kinds; otherwise they are texts.
    var hasTypedErrors = true
    /// Largest message sent whole, in bytes.
    var fragmentBytes = Limits.fragmentBytes
}

extension EraBehavior {
    init(_ era: ServerEra) {
        switch era {
        case .april2025:
            self = .init(
                manifests: .pathOrText, initialState: .anyBytes, messaging: .runtime,
                replacing: .works, trapPauses: true, pushesActorError: true,
                reportsToParent: false, announcesStop: false, hasShutdown: false,
                unknownEventsAreAnError: false, eventsNameActor: true, eventFormat: .nested,
                namespace: "ntwk:theater", eventsHaveTime: true, hasTypedErrors: false)
        case .june2025:
            self = .init(
                manifests: .pathTextOrURL, initialState: .anyBytes, messaging: .runtime,
                replacing: .updateFails, pausedActorAnswers: true, trapPauses: true,
                pushesActorError: true, announcesStop: false, unknownEventsAreAnError: true,
                eventFormat: .nested, eventsHaveTime: true, fragmentBytes: 12 << 20)
        case .january2026:
            self = .init(
                manifests: .pathTextOrURL, initialState: .mustBeJSON, setsUpBeforeAnswer: false,
                messaging: .router, replacing: .notImplemented, trapPauses: false,
                pushesActorError: false, announcesStop: true, unknownEventsAreAnError: true,
                eventFormat: .categorized, eventsHaveTime: false)
        case .july2026:
            self = .init(
                manifests: .reference, initialState: .ignored, runsInit: false,
                messaging: .router, replacing: .notImplemented, trapPauses: false,
                pushesActorError: false, announcesStop: true, unknownEventsAreAnError: true,
                zombieEndsWithActor: true, eventFormat: .binary, eventsHaveTime: false)
        }
    }
}
