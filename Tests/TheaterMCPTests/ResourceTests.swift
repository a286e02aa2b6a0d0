import Testing
import Theater
import TheaterProtocol

@testable import TheaterMCP

@Suite struct ResourceTests {
    private static let id = FakeService.actorText

    private func read(
        _ uri: String, of service: FakeService = FakeService()
    ) async throws -> JSONObject {
        nonisolated(unsafe) var answer: JSONObject = [:]
        try await TestHost.run(service) { host in
            host.read(uri)
            answer = try await host.next()
        }
        return answer
    }

    @Test func actors() async throws {
        let content = try #require(try await read("theater://actors").resource)
        let entry: JSONValue = [
            "id": .string(Self.id), "name": "counter",
            "uri": .string("theater://actor/\(Self.id)"),
        ]
        #expect(content == ["actors": [entry], "total": 1, "truncated": false])
    }

    @Test func actor() async throws {
        let content = try #require(try await read("theater://actor/\(Self.id)").resource)
        #expect(content["status"] == "running")
        #expect(content["manifest"] == ["name": "counter"])
        #expect(content["state_uri"]?.string == "theater://actor/\(Self.id)/state")
    }

    @Test func manifestThatCannotBeHadIsLeftOut() async throws {
        var service = FakeService()
        service.exceptions["manifest"] = .fail(.sample(.unsupportedByServer))
        let content = try #require(
            try await read("theater://actor/\(Self.id)", of: service).resource)
        #expect(content["manifest"] == nil)
        #expect(content["status"] == "running")
    }

    @Test(
        arguments: [
            (ActorState.none, ["state": "none"] as JSONValue),
            (.bytes(Array("{\"count\":1}".utf8)), ["text": "{\"count\":1}"]),
            (.bytes([0xFF]), ["data": "/w=="]),
            (.value(["count": 1]), ["value": ["count": 1]]),
        ] as [(ActorState, JSONValue)])
    func state(state: ActorState, expected: JSONValue) async throws {
        var service = FakeService()
        service.actorState = state
        let content = try await read("theater://actor/\(Self.id)/state", of: service).resource
        let identified: JSONObject = ["actor_id": .string(Self.id)]
        let whole = identified.merging(try #require(expected.object))
        #expect(content == whole)
    }

    @Test func largeStateIsCutBetweenCharacters() async throws {
        var service = FakeService()
        let text = "a" + String(repeating: "é", count: 40_000)
        service.actorState = .bytes(Array(text.utf8))
        let content = try #require(
            try await read("theater://actor/\(Self.id)/state", of: service).resource)
        #expect(content["truncated"] == true)
        #expect(content["total_bytes"] == 80_001)
        let shown = try #require(content["text"]?.string)
        #expect(shown.utf8.count == 65_535)
        #expect(text.hasPrefix(shown))
    }

    @Test func lastFiftyEvents() async throws {
        var service = FakeService()
        service.events = (0..<60).map {
            ChainEvent(
                hash: [UInt8($0)], parentHash: nil, eventType: "e\($0)", data: [0xFF],
                timestampMilliseconds: 5)
        }
        let content = try #require(
            try await read("theater://events/\(Self.id)", of: service).resource)
        let events = try #require(content["events"]?.array)
        #expect(events.count == 50)
        #expect(
            events.first == [
                "type": "e10", "hash": "0a", "timestamp_ms": 5, "data": "/w==",
            ] as JSONValue)
        #expect(content["total"] == 60)
        #expect(content["truncated"] == true)
        #expect(content["note"]?.string?.hasPrefix("Only the last 50 of 60 events") == true)
        let all = try #require(
            try await read("theater://events/\(Self.id)?limit=100", of: service).resource)
        #expect(all["events"]?.array?.count == 60)
        #expect(all["truncated"] == false)
        #expect(all["note"] == nil)
    }

    @Test(arguments: [
        "theater://actor/\(FakeService.actorText)/state",
        "theater://events/\(FakeService.actorText)",
    ])
    func unknownActorIsNotFound(uri: String) async throws {
        var service = FakeService()
        service.behaviour = .fail(.sample(.actorNotFound))
        let error = try #require(try await read(uri, of: service)["error"]?.object)
        #expect(error["code"] == -32_002)
        #expect(error["data"] == ["uri": .string(uri)])
    }

    @Test func actorThatIsNotListedIsNotFound() async throws {
        var service = FakeService()
        service.actors = []
        let answer = try await read("theater://actor/\(Self.id)", of: service)
        #expect(answer["error"]?.object?["code"] == -32_002)
    }

    /// The server answers with an error of its own, which does not say why.
    @Test(arguments: [true, false]) func eventsThatTheServerRefuses(isRunning: Bool) async throws {
        var service = FakeService()
        service.exceptions["eventHistory"] = .fail(
            .sample(.serverError, serverError: .communicationError("No stored events found")))
        if !isRunning { service.actors = [] }
        let answer = try await read("theater://events/\(Self.id)", of: service)
        #expect(answer["error"]?.object?["code"] == (isRunning ? -32_603 : -32_002))
    }

    @Test func serverDownIsNoMissingResource() async throws {
        var service = FakeService()
        service.behaviour = .fail(.refused)
        let error = try #require(
            try await read("theater://actors", of: service)["error"]?.object)
        #expect(error["code"] == -32_603)
        #expect(error["message"]?.string?.hasPrefix(ToolFailureTests.sentence) == true)
        let data = try #require(error["data"]?.object)
        #expect(data["uri"] == "theater://actors")
        #expect(data["code"] == "not_connected")
        #expect(data["retryAfterMs"] == 1900)
    }

    @Test func serverWithoutHistorySaysSo() async throws {
        var service = FakeService()
        service.behaviour = .fail(
            .sample(.unsupportedByServer, "this Theater server does not know GetActorEvents"))
        let uri = "theater://events/\(Self.id)"
        let error = try #require(try await read(uri, of: service)["error"]?.object)
        #expect(error["code"] == -32_603)
        #expect(
            error["message"]?.string
                == "[unsupported_by_server] reading \(uri): this Theater server does not know "
                + "GetActorEvents. Do not repeat it: this version of Theater cannot do it.")
    }

    @Test func connectionNeverAsksTheServer() async throws {
        let service = FakeService()
        let content = try #require(try await read("theater://connection", of: service).resource)
        #expect(content["state"] == "closed")
        #expect(content["address"] == "127.0.0.1:9000")
        #expect(service.recorder.calls.isEmpty)
    }
}
