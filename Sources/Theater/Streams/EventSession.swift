import TheaterProtocol
import TheaterStateMachine
import UVEventLoop

/// One iteration over an actor's events.
///
/// Used by one task at a time.
///
/// ```
///   new ──subscribe──▶ live ──ended──▶ over
///                       │ ▲
///            a parent   ▼ │  it came · the history has it · given up (gap)
///            is missing └─┘
/// ```
final class EventSession {
    private enum Stage {
        /// Nothing has been sent yet.
        case new
        case live
        case over
    }

    private let client: TheaterClient
    private let actor: ActorID
    private let key: SubscriptionKey
    private let buffer: EventBuffer
    private let policy: StreamPolicy
    private var stage: Stage
    private var chain: EventChain
    private var ready: [ActorEvents.Element] = []
    private var position = 0
    private var end: TheaterError?
    /// The chain begins with the actor's first event.
    private var beginsAtBirth: Bool
    /// Events in a row whose place was passed.
    private var refused = 0

    init(
        client: TheaterClient, actor: ActorID, key: SubscriptionKey, buffer: EventBuffer,
        isSubscribed: SubscriptionStart
    ) {
        self.client = client
        self.actor = actor
        self.key = key
        self.buffer = buffer
        policy = client.configuration.streams
        beginsAtBirth = isSubscribed == .already
        chain = policy.makeChain(startingAt: beginsAtBirth ? .birth : .firstEvent)
        stage = isSubscribed == .already ? .live : .new
    }

    deinit {
        client.existingDriver?.unsubscribe(key)
    }

    func next() async throws(TheaterError) -> ActorEvents.Element? {
        if stage == .new { try await subscribe() }
        while true {
            if position < ready.count {
                defer { position += 1 }
                return ready[position]
            }
            ready.removeAll(keepingCapacity: true)
            position = 0
            if stage == .over {
                defer { end = nil }
                if let end { throw end }
                return nil
            }
            await take(await buffer.next())
            if chain.missingParent != nil { await resolve() }
        }
    }

    /// Fails as any request does when there is no server, or no such actor.
    private func subscribe() async throws(TheaterError) {
        guard try await client.status(of: actor) != .stopped else {
            stage = .over
            throw .streamEnded(.actorNotFound, client.configuration.endpoint)
        }
        guard let driver = client.existingDriver else {
            // Closed meanwhile.
            stage = .over
            return
        }
        stage = .live
        driver.subscribe(key, to: actor, buffer: buffer)
    }

    private func take(_ item: EventBuffer.Item) async {
        switch item {
        case .element(.event(let event)): await receive(event)
        case .element(.registered(.again)): await catchUp()
        case .element(.registered(.first)), .element(.interrupted): break
        case .dropped(let count):
            giveUp()
            ready.append(gap(.slowConsumer, .count(count)))
            startAnew()
        case .ended(let error):
            stage = .over
            end = error
            // What is still held will never be complete.
            giveUp()
        }
    }

    private func receive(_ event: ChainEvent) async {
        do throws(EventChain.Fault) {
            append(try chain.append(event))
            refused = 0
        } catch .windowFull {
            await fillFromHistory()
            giveUp()
            append((try? chain.append(event)) ?? [])
        } catch .altered {
            ready.append(gap(.unverified, .count(1)))
        } catch {
            // It precedes the start, or belongs to a gap that has been reported. One after another of
            // that kind means that the chain goes on somewhere else.
            refused += 1
            guard refused > policy.reorderedEvents else { return }
            ready.append(gap(.notReceived, .unknown))
            startAnew()
            append((try? chain.append(event)) ?? [])
        }
    }

    /// A parent has not come.
    ///
    /// Servers of 2025 send some events early: one round trip later it may be here. Then the history is
    /// asked, and then it is given up.
    private func resolve() async {
        _ = try? await client.listActors()
        var patience = policy.bufferedElements
        while stage == .live, chain.missingParent != nil, patience > 0, let item = buffer.poll() {
            patience -= 1
            await take(item)
        }
        guard chain.missingParent != nil else { return }
        await fillFromHistory()
        giveUp()
    }

    /// After a loss: what was missed meanwhile.
    ///
    /// Where there is no history, the next event tells.
    private func catchUp() async {
        guard chain.lastHash != nil || beginsAtBirth else {
            // Registered before, and no event yet: what came meanwhile leaves no trace.
            ready.append(gap(.notReceived, .unknown))
            return
        }
        await fillFromHistory()
    }

    private func startAnew() {
        refused = 0
        beginsAtBirth = false
        chain = policy.makeChain(startingAt: .firstEvent)
    }

    private func fillFromHistory() async {
        guard policy.history == .fillGaps,
            let history = try? await client.eventHistory(of: actor)
        else { return }
        append(chain.fill(with: history))
    }

    private func giveUp() {
        while chain.missingParent != nil {
            let (lastHash, events) = chain.giveUp()
            ready.append(
                .gap(EventGap(reason: .notReceived, lastHash: lastHash, missed: .unknown)))
            append(events)
        }
    }

    private func append(_ events: [ChainEvent]) {
        ready += events.map { .event($0) }
    }

    private func gap(
        _ reason: EventGap.Reason, _ missed: EventGap.Missed
    ) -> ActorEvents.Element {
        .gap(EventGap(reason: reason, lastHash: chain.lastHash, missed: missed))
    }
}

extension StreamPolicy {
    fileprivate func makeChain(startingAt start: EventChain.Start) -> EventChain {
        EventChain(
            startingAt: start,
            // A history may bring what waits in the buffer, too: all of that must be known again.
            window: EventChain.Window(
                events: reorderedEvents, bytes: bufferedBytes,
                remembered: 2 * (bufferedElements + reorderedEvents)))
    }
}

/// A session that is there already, for the first iteration that asks.
final class FirstIteration: Sendable {
    private let session: Locked<EventSession?>

    init(_ session: sending EventSession) {
        self.session = Locked(session)
    }

    func take() -> EventSession? {
        session.withLock { session in
            defer { session = nil }
            return session
        }
    }
}

/// Whether a session has to subscribe, or was given a subscription that began with its actor.
enum SubscriptionStart {
    case atFirstElement
    case already
}
