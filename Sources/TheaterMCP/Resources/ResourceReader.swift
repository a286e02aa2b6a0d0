import Theater

/// Reads one resource: what Theater says, and nothing that it does not say.
struct ResourceReader: Sendable {
    let service: any TheaterService
    let log: Log

    /// The result of `resources/read`, or the error to answer with.
    func read(
        _ address: ResourceAddress, uri: String, revision: ProtocolRevision,
        within budget: CallBudget
    ) async throws(RPCError) -> JSONObject {
        do {
            guard let content = try await content(of: address, within: budget) else {
                throw ResourceFailure.notFound(uri, revision: revision)
            }
            let text = String(decoding: JSONValue.object(content).encoded(), as: UTF8.self)
            return [
                "contents": [
                    [
                        "uri": .string(uri), "mimeType": ResourceCatalogue.mimeType,
                        "text": .string(text),
                    ]
                ]
            ]
        } catch let error as RPCError {
            throw error
        } catch let error as TheaterError where error.code == .actorNotFound {
            throw ResourceFailure.notFound(uri, revision: revision)
        } catch let error as TheaterError {
            let actor = address.actor?.description
            throw ResourceFailure.failed(uri, error, actor: actor, state: service.state)
        } catch {
            log.error("resources/read \(uri): \(error)")
            throw RPCError(.internalError, "Internal error", data: ["uri": .string(uri)])
        }
    }

    /// Nil when the actor does not exist.
    private func content(
        of address: ResourceAddress, within budget: CallBudget
    ) async throws -> JSONObject? {
        switch address {
        case .actors:
            return try await actors(within: budget)
        case .connection:
            return ConnectionReport(service).described
        case .actor(let id):
            return try await actor(id, within: budget)
        case .state(let id):
            let state = try await service.state(of: id, options: budget.options())
            return StateContent(actor: id, state: state).described
        case .events(let id, let limit):
            guard let events = try await events(of: id, within: budget) else { return nil }
            return EventsContent(actor: id, events: events, limit: limit).described
        }
    }

    /// Nil when there are none because there is no such actor.
    private func events(
        of id: ActorID, within budget: CallBudget
    ) async throws(TheaterError) -> [ChainEvent]? {
        do throws(TheaterError) {
            return try await service.eventHistory(of: id, options: budget.options())
        } catch {
            guard error.code == .serverError else { throw error }
            // Servers that keep the history of ended actors answer an unknown id with an error.
            let actors = try await service.listActors(options: budget.options())
            guard !actors.contains(where: { $0.id == id }) else { throw error }
            return nil
        }
    }

    private func actors(within budget: CallBudget) async throws -> JSONObject {
        let actors = try await service.listActors(options: budget.options()).sortedByID()
        let shown = actors.prefix(1000).map { summary in
            summary.described.merging(["uri": .string("theater://actor/\(summary.id)")])
        }
        return [
            "actors": .array(shown.map { .object($0) }),
            "total": .integer(Int64(actors.count)),
            "truncated": .bool(shown.count < actors.count),
        ]
    }

    private func actor(_ id: ActorID, within budget: CallBudget) async throws -> JSONObject? {
        // The status of an unknown actor is "stopped" in every version, so the list decides.
        let actors = try await service.listActors(options: budget.options())
        guard let summary = actors.first(where: { $0.id == id }) else { return nil }
        var content = summary.described
        let status = try await service.status(of: id, options: budget.options())
        content["status"] = .string(status.word)
        // Not every version has manifests to give, and an actor without one is still an actor.
        let options = budget.options(timeout: .seconds(5))
        if let manifest = try? await service.manifest(of: id, options: options) {
            content["manifest"] = .object(manifest.json)
        }
        content["state_uri"] = .string("theater://actor/\(id)/state")
        content["events_uri"] = .string("theater://events/\(id)")
        return content
    }
}

extension ActorStatus {
    fileprivate var word: String {
        switch self {
        case .running: "running"
        case .stopped: "stopped"
        case .failed: "failed"
        case .unknown(let text): text
        }
    }
}
