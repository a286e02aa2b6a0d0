import TheaterProtocol

/// Commands that only look (wire reference §7).
extension ServerMachine {
    mutating func query(_ command: Command) {
        switch command {
        case .getActorStatus(let id):
            answer(.actorStatus(id, actors[id] == nil ? .stopped : .running))
        case .getActorManifest(let id):
            guard let actor = actors[id] else { return steps.append(.drop) }
            answer(.actorManifest(id, actor.manifest.json(for: era)))
        case .getActorState(let id):
            guard let actor = answeringActor(id) else { return steps.append(.drop) }
            answer(.actorState(id, state(of: actor)))
        case .getActorMetrics(let id):
            guard let actor = answeringActor(id) else { return steps.append(.drop) }
            answer(.actorMetrics(id, metrics(of: actor)))
        case .getActorEvents(let id):
            events(of: id)
        default:
            break
        }
    }

    /// The actor, unless it is paused and of an era that answers nothing then.
    private func answeringActor(_ id: ActorID) -> ScriptedActor? {
        guard let actor = actors[id], !actor.isPaused || behavior.pausedActorAnswers else {
            return nil
        }
        return actor
    }

    private mutating func events(of id: ActorID) {
        if let actor = answeringActor(id) {
            answer(.actorEvents(id, actor.chain.events))
        } else if behavior.unknownEventsAreAnError {
            answer(
                .error(
                    .communicationError(
                        "Failed to read events: No stored events found for actor: \(id)")))
        } else {
            steps.append(.drop)
        }
    }

    private func state(of actor: ScriptedActor) -> ActorState {
        guard behavior.runsInit else {
            // What an actor has whose init never ran (wire reference §9).
            return .value(["Option": ["inner_type": ["List": "U8"], "value": nil]])
        }
        return actor.state.map(ActorState.bytes) ?? .none
    }

    private func metrics(of actor: ScriptedActor) -> JSONValue {
        let operations = actor.calls + (behavior.runsInit ? 1 : 0)
        let time: Int64 = operations > 0 ? 1_000 : 0
        return [
            "last_update": operations > 0
                ? .integer(seconds(at: actor.lastCallAt ?? actor.startedAt)) : nil,
            "operation_metrics": [
                "failed_operations": .integer(Int64(actor.failedCalls)),
                "max_processing_time": .integer(time),
                "min_processing_time": operations > 0 ? .integer(time) : nil,
                "total_operations": .integer(Int64(operations)),
                "total_processing_time": .integer(time * Int64(operations)),
            ],
            "resource_metrics": [
                "memory_usage": 0, "operation_queue_size": 0, "peak_memory_usage": 0,
                "peak_queue_size": 0,
            ],
            "start_time": .integer(seconds(at: actor.startedAt)),
            "uptime_secs": .integer((now - actor.startedAt).components.seconds),
        ]
    }

    private func seconds(at time: Duration) -> Int64 {
        Int64(milliseconds(at: time) / 1_000)
    }

    /// Milliseconds since 1970.
    func milliseconds(at time: Duration) -> UInt64 {
        let (seconds, attoseconds) = max(time, .zero).components
        return clockOrigin &+ UInt64(seconds) &* 1_000
            &+ UInt64(attoseconds / 1_000_000_000_000_000)
    }
}
