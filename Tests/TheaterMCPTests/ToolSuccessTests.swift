import Testing
import TheaterProtocol

@testable import TheaterMCP

@Suite struct ToolSuccessTests {
    private static let id = JSONValue.string(FakeService.actorText)

    @Test(
        arguments: [
            (
                ToolName.startActor, ["manifest": "counter.toml", "initial_state": ["text": "{}"]],
                ["actor_id": id, "started": true]
            ),
            (.stopActor, ["actor_id": id], ["actor_id": id, "stopped": true]),
            (.restartActor, ["actor_id": id], ["actor_id": id, "previous_actor_id": id]),
            (.sendMessage, ["actor_id": id, "text": "hi"], ["actor_id": id, "sent": true]),
            (.requestMessage, ["actor_id": id, "data": "AAE="], ["actor_id": id, "text": "pong"]),
            (.openChannel, ["actor_id": id], ["actor_id": id, "channel_id": "ch_1"]),
            (
                .sendOnChannel, ["channel_id": "ch_1", "text": ""],
                ["channel_id": "ch_1", "sent": true]
            ),
            (.closeChannel, ["channel_id": "ch_1"], ["channel_id": "ch_1", "closed": true]),
            (
                .listActors, [:],
                ["actors": [["id": id, "name": "counter"]], "total": 1, "truncated": false]
            ),
        ] as [(ToolName, JSONValue, JSONValue)])
    func result(tool: ToolName, arguments: JSONValue, expected: JSONValue) async throws {
        try await TestHost.run { host in
            host.call(tool.rawValue, arguments)
            let message = try await host.next()
            let structured = try #require(message.structured)
            #expect(.object(structured) == expected)
            try MessageCheck.check(structured, against: tool)
        }
    }

    @Test func payloadsReachTheActorAsBytes() async throws {
        let service = FakeService()
        try await TestHost.run(service) { host in
            for arguments in [
                ["actor_id": Self.id, "text": "é\u{0}"], ["actor_id": Self.id, "data": "/wA="],
            ] as [JSONValue] {
                host.call("send_message", arguments)
                _ = try await host.next()
            }
        }
        #expect(service.recorder.calls.map(\.payload) == [[0xC3, 0xA9, 0], [0xFF, 0]])
    }

    @Test func answersThatAreNoTextComeAsData() async throws {
        var service = FakeService()
        service.answer = [0xFF, 0x00]
        try await TestHost.run(service) { host in
            host.call("request_message", ["actor_id": Self.id, "text": ""])
            let message = try await host.next()
            #expect(message.structured?["data"] == "/wA=")
            #expect(message.structured?["text"] == nil)
        }
    }

    @Test func listIsOrderedAndCut() async throws {
        var service = FakeService()
        var generator = SystemRandomNumberGenerator()
        service.actors = (0..<5).map { _ in
            ActorSummary(id: .random(using: &generator), name: nil)
        }
        let sorted = service.actors.map(\.id.description).sorted()
        try await TestHost.run(service) { host in
            host.call("list_actors", ["limit": 2, "offset": 1])
            let page = try #require(try await host.next().structured)
            let ids = page["actors"]?.array?.map { $0.object?["id"]?.string }
            #expect(ids == [sorted[1], sorted[2]])
            #expect(page["total"] == 5)
            #expect(page["truncated"] == true)
        }
    }

    @Test(
        arguments: [
            (Duration.seconds(30), nil, Duration.seconds(30)),
            (.seconds(600), nil, .seconds(45)),
            (.seconds(5), 20, .seconds(20)),
            (.seconds(30), 0.5, .milliseconds(500)),
        ] as [(Duration, JSONValue?, Duration)])
    func noCallExceedsItsBudget(
        requestTimeout: Duration, argument: JSONValue?, expected: Duration
    ) async throws {
        let service = FakeService()
        var settings = ServerSettings()
        settings.requestTimeout = requestTimeout
        try await TestHost.run(service, settings: settings) { host in
            var arguments: JSONObject = ["actor_id": Self.id, "text": "x"]
            arguments["timeout_seconds"] = argument
            host.call("request_message", .object(arguments))
            _ = try await host.next()
        }
        let timeout = try #require(service.recorder.calls.first?.timeout)
        #expect(timeout <= expected)
        #expect(timeout > expected - .seconds(5))
    }
}
