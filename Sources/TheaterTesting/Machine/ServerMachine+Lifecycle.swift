import TheaterProtocol

/// What StartActor asks for beside the actor.
struct StartWishes: Sendable {
    let parent: Bool
    let subscribe: Bool
}

/// Starting, stopping and replacing actors.
extension ServerMachine {
    mutating func startActor(
        _ reference: String, initialState: [UInt8]?, on connection: ConnectionID,
        wishes: StartWishes
    ) {
        let id = ActorID.random(using: &generator)
        let manifest: Manifest
        switch resolve(reference, initialState: initialState) {
        case .success(let found):
            manifest = found
        case .failure(let failure):
            answer(.error(failure.error(from: era, actor: id)))
            return
        }
        let state = behavior.initialState == .ignored ? nil : initialState
        addActor(id, manifest: manifest, initialState: state)
        if wishes.subscribe || wishes.parent { connections[connection]?.isWriterHeld = true }
        if wishes.subscribe {
            let subscription = SubscriptionID.random(using: &generator)
            actors[id]?.subscribers = [.init(id: subscription, connection: connection)]
        }
        if wishes.parent { actors[id]?.parent = connection }
        // Set up before the answer, so its event overtakes ActorStarted (seen in June 2025).
        recordLoading(of: id)
        answer(.actorStarted(id))
        initialize(id)
    }

    private func resolve(
        _ reference: String, initialState: [UInt8]?
    ) -> Result<Manifest, StartFailure> {
        let found = manifests.find(reference, from: behavior.manifests)
        guard case .success(let manifest) = found else { return found }
        if behavior.setsUpBeforeAnswer, let failure = manifests.check(manifest) {
            return .failure(failure)
        }
        if behavior.initialState == .mustBeJSON, let initialState,
            (try? JSONValue(parsing: initialState)) == nil
        {
            return .failure(.stateIsNoJSON)
        }
        return found
    }

    private mutating func addActor(_ id: ActorID, manifest: Manifest, initialState: [UInt8]?) {
        var actor = ScriptedActor(
            id: id, manifest: manifest, initialState: initialState,
            startNumber: newStartNumber(), now: now)
        // 2026-01 lists even an actor whose component does not exist.
        actor.isPaused = manifests.check(manifest) != nil
        actors[id] = actor
    }

    private mutating func recordLoading(of id: ActorID) {
        guard behavior.eventFormat == .nested, let hash = actors[id]?.manifest.hash else { return }
        record(.loaded(id, manifestHash: hash), of: id)
    }

    private mutating func initialize(_ id: ActorID) {
        guard behavior.runsInit, actors[id]?.isPaused == false else { return }
        let function = "\(behavior.namespace)/actor.init"
        let isNested = behavior.eventFormat == .nested
        let parameters = isNested ? #"["\#(id)"]"# : "null"
        record(.called(function: function, parameters: Array(parameters.utf8)), of: id)
        record(.logged(isNested ? "init \(parameters.utf8.count - 4)" : "init"), of: id)
        switch actors[id]?.state.map({ String(decoding: $0.prefix(64), as: UTF8.self) }) {
        case "fail-init":
            fail(id, in: function, message: "Failed to call function: init asked to fail")
        case "trap-init":
            fail(id, in: function, message: ActorReaction.trapMessage)
        default:
            actors[id]?.store()
            recordReturn(of: function, response: Array("null".utf8), from: id)
        }
    }

    /// ActorStopped, for strangers too.
    mutating func stopActor(_ id: ActorID, announced: Bool) {
        answer(.actorStopped(id))
        if announced, let parent = actors[id]?.parent {
            steps.append(.push(.actorResult(.externalStop(id)), to: parent))
        }
        if announced { record(.stopped, of: id) }
        removeActor(id)
    }

    /// Commands that wait for the actor are dropped, its subscribers hear nothing more.
    mutating func removeActor(_ id: ActorID) {
        guard let actor = actors.removeValue(forKey: id) else { return }
        for (connection, record) in connections {
            if case .waiting(for: id) = record.state { steps.append(.release(connection)) }
        }
        guard behavior.zombieEndsWithActor else { return }
        for subscriber in actor.subscribers {
            guard case .zombie? = connections[subscriber.connection]?.state else { continue }
            steps.append(.cut(subscriber.connection, .reset))
        }
    }

    mutating func restartActor(_ id: ActorID) {
        let failure = "Failed to restart actor: "
        guard behavior.replacing == .works else {
            answer(.error(.runtimeError(failure + "Actor restart not implemented")))
            return
        }
        guard let old = actors[id] else {
            answer(.error(.runtimeError(failure + "Actor not found")))
            return
        }
        guard !old.isPaused else {
            // Reading the state of a paused actor panics the runtime task (wire reference §8.5).
            isRuntimeDead = true
            steps.append(.drop)
            return
        }
        removeActor(id)
        let new = ActorID.random(using: &generator)
        addActor(new, manifest: old.manifest, initialState: old.state)
        recordLoading(of: new)
        answer(.restarted(id))
        initialize(new)
    }

    mutating func updateActor(_ id: ActorID, component: String) {
        guard behavior.replacing != .notImplemented else {
            answer(.error(.runtimeError("UpdateActorComponent not yet implemented")))
            return
        }
        let failure = "Failed to update actor component: "
        if actors[id] == nil {
            answer(.error(.runtimeError(failure + "Actor not found")))
        } else if behavior.replacing == .updateFails {
            answer(.error(.runtimeError(failure + "Failed to update component: Not implemented")))
        } else if manifests.componentExists(component) {
            answer(.actorComponentUpdated(id))
        } else {
            answer(
                .error(
                    .runtimeError(
                        failure + "Failed to update component: Failed to create actor component: "
                            + "Failed to resolve reference: No such file or directory "
                            + "(os error 2)")))
        }
    }
}
