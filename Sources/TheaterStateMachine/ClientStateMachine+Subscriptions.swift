package import TheaterProtocol

/// Subscriptions: each has a lane of its own, which is redialled without a waiting request.
///
/// ```
///            lane ready: SubscribeToActor, ListActors written        list has the actor
///   wanted ──────────────────────────────────────────▶ registering ──────────────────▶ registered
///     ▲                                                    │  │                           │
///     └──────────────────────── lane lost ─────────────────┴──│───────────────────────────┘
///                                                             └── list lacks it ──▶ gone
/// ```
///
/// The reply to SubscribeToActor proves nothing: servers send it for actors that do not exist, and before
/// the registration is done. A ListActors behind it proves both (wire reference §7).
struct Subscription {
    enum Phase {
        case wanted
        case registering
        case registered
    }

    let actor: ActorID
    var phase = Phase.wanted
    var wasRegistered = false
}

extension ClientStateMachine {
    /// Asks for an actor's events until `unsubscribe`, over any number of connections.
    package mutating func subscribe(_ key: SubscriptionKey, to actor: ActorID) {
        guard lifecycle == .running else { return }
        subscriptions[key] = Subscription(actor: actor)
    }

    /// Nothing else ends a stream of events but the end of its connection (wire reference §7).
    package mutating func unsubscribe(_ key: SubscriptionKey, into actions: inout Actions) {
        subscriptions[key] = nil
        for lane in lanes where lane.purpose == .subscription(key) {
            close(lane, because: .retired, into: &actions)
        }
    }

    /// Registers on the lanes that are ready, and wants lanes for the rest.
    mutating func assignSubscriptions(to wanted: inout WantedLanes, now: MonotonicInstant) {
        let open = subscriptions.filter { $0.value.phase == .wanted }
        // In order, so that a run can be replayed.
        for (key, subscription) in open.sorted(by: { $0.key.number < $1.key.number }) {
            let lane = lanes.first { $0.purpose == .subscription(key) && $0.load == 0 }
            guard let lane else {
                _ = wanted.add(.subscription(key), for: .subscription(key))
                continue
            }
            subscriptions[key]?.phase = .registering
            append(.subscribeToActor(subscription.actor), for: key, to: lane)
            appendCensus(for: key, to: lane)
            noteFencesAtHead(of: lane, now: now)
        }
    }

    /// Whether the actor still runs, which no push ever says.
    mutating func appendCensus(for key: SubscriptionKey, to lane: Lane) {
        append(.listActors, for: key, to: lane)
        appendFence(.clearing, patience: settings.censusTimeout, to: lane)
    }

    private func append(_ command: Command, for key: SubscriptionKey, to lane: Lane) {
        _ = lane.state.withReady { ready in
            // A hundred bytes: it always fits a frame.
            guard let bytes = try? ready.encoder.encode(command.encoded()) else { return }
            ready.outgoing.append(bytes)
            ready.append(
                Slot(
                    occupant: .subscription(key), expectation: ReplyExpectation(command),
                    write: ready.nextWrite))
        }
    }

    /// The answer to one of the commands above.
    mutating func subscriptionAnswered(
        _ key: SubscriptionKey, _ message: ServerMessage, on lane: Lane,
        into actions: inout Actions
    ) {
        guard let subscription = subscriptions[key], case .actorList(let actors) = message else {
            return
        }
        guard actors.contains(where: { $0.id == subscription.actor }) else {
            actions.pushes.append(.actorGone(key))
            return unsubscribe(key, into: &actions)
        }
        if subscription.phase == .registering {
            actions.pushes.append(
                .registered(key, subscription.wasRegistered ? .again : .first))
        }
        subscriptions[key]?.phase = .registered
        subscriptions[key]?.wasRegistered = true
    }

    /// An actor started with its events on this lane.
    mutating func didStart(_ actor: ActorID, for key: SubscriptionKey, into actions: inout Actions)
    {
        var subscription = Subscription(actor: actor)
        subscription.phase = .registered
        subscription.wasRegistered = true
        subscriptions[key] = subscription
        actions.pushes.append(.registered(key, .first))
    }

    mutating func loseSubscription(
        of lane: Lane, _ cause: LinkFailure, into actions: inout Actions
    ) {
        guard case .subscription(let key) = lane.purpose, let phase = subscriptions[key]?.phase
        else { return }
        subscriptions[key]?.phase = .wanted
        if phase == .registered { actions.pushes.append(.interrupted(key, cause)) }
    }
}
