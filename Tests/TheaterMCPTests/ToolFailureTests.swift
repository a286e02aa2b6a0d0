import Testing
import Theater
import TheaterProtocol

@testable import TheaterMCP

/// What a model reads when a call fails.
@Suite struct ToolFailureTests {
    private static let id = JSONValue.string(FakeService.actorText)

    struct Case: Sendable, CustomTestStringConvertible {
        let tool: ToolName
        let error: TheaterError
        let text: String
        let retryable: Bool
        var testDescription: String { "\(tool): \(error.code)" }
    }

    static let sentence =
        "Theater server connection issue: connection refused at 127.0.0.1:9000 "
        + "after 3 attempts. The server will attempt to reconnect on the next request."

    static let cases = [
        Case(
            tool: .listActors, error: .refused,
            text: sentence + " [not_connected] list_actors was not sent. Repeat this call in about "
                + "1.9 s, or call theater_status. If it stays down, the Theater server is probably "
                + "not running.", retryable: true),
        Case(
            tool: .startActor, error: .lost,
            text: "Theater server connection issue: the connection to 127.0.0.1:9000 was lost "
                + "before the reply. The server will attempt to reconnect on the next request. "
                + "[outcome_unknown] start_actor was sent and not answered. The command was "
                + "already sent and may have been executed; check list_actors before repeating it.",
            retryable: false),
        Case(
            tool: .requestMessage,
            error: .sample(.timeout, phase: .sent, mayHaveExecuted: true, waited: .seconds(30)),
            text: "[timeout] No reply to request_message for actor \(FakeService.actorText) within "
                + "30 s. The connection is up; the actor may be busy. The command was already sent "
                + "and may have been executed; check list_actors before repeating it.",
            retryable: false),
        Case(
            tool: .stopActor, error: .sample(.timeout, phase: .connecting, waited: .seconds(30)),
            text: "Theater server connection issue: the reason. The server will attempt to "
                + "reconnect on the next request. [timeout] stop_actor for actor "
                + "\(FakeService.actorText) could not be sent within 30 s. Repeat this call later; "
                + "theater_status tells the state of the connection.", retryable: true),
        Case(
            tool: .startActor,
            error: .sample(
                .serverError, phase: .replying, mayHaveExecuted: true,
                serverError: .runtimeError("Failed to start actor: connection read error")),
            text: "[theater_error] Theater could not carry out start_actor: "
                + "Failed to start actor: connection read error", retryable: false),
        Case(
            tool: .sendMessage,
            error: .sample(.actorNotFound, phase: .replying, mayHaveExecuted: true),
            text: "[actor_not_found] No actor with id \(FakeService.actorText). Running actors: "
                + "\(FakeService.actorText) (1). Use list_actors.", retryable: false),
        Case(
            tool: .requestMessage, error: .sample(.actorNotReadyOrFailed, phase: .sent),
            text: "[actor_not_ready_or_failed] Actor \(FakeService.actorText) is known to Theater "
                + "but does not answer request_message: it is still starting, or has failed. "
                + "Repeat once after a second; then stop the actor.", retryable: true),
        Case(
            tool: .sendOnChannel, error: .sample(.channelClosed),
            text: "[channel_closed] Channel ch_1 is closed. Open a new one with open_channel.",
            retryable: false),
        Case(
            tool: .restartActor, error: .sample(.unsupportedByServer, "not known"),
            text: "[unsupported_by_server] restart_actor for actor \(FakeService.actorText): "
                + "not known. Do not repeat it: this version of Theater cannot do it.",
            retryable: false),
        Case(
            tool: .listActors, error: .sample(.queueFull, "too many requests"),
            text: "[queue_full] list_actors: too many requests. Repeat this call later.",
            retryable: true),
        Case(
            tool: .startActor, error: .sample(.messageTooLarge, "too large"),
            text: "[message_too_large] start_actor: too large.", retryable: false),
        Case(
            tool: .closeChannel, error: .sample(.clientClosed, "the client has been closed"),
            text: "[client_closed] close_channel on channel ch_1: the client has been closed.",
            retryable: false),
    ]

    private static func arguments(of tool: ToolName) -> JSONValue {
        switch tool {
        case .startActor: ["manifest": "m.toml"]
        case .stopActor, .restartActor, .openChannel: ["actor_id": id]
        case .sendMessage, .requestMessage: ["actor_id": id, "text": "x"]
        case .sendOnChannel: ["channel_id": "ch_1", "text": "x"]
        case .closeChannel: ["channel_id": "ch_1"]
        case .listActors, .theaterStatus: [:]
        }
    }

    @Test(arguments: cases) func text(_ testCase: Case) async throws {
        var service = FakeService()
        service.behaviour = .fail(testCase.error)
        if testCase.tool != .listActors { service.exceptions["listActors"] = .succeed }
        try await TestHost.run(service) { host in
            host.call(testCase.tool.rawValue, Self.arguments(of: testCase.tool))
            let message = try await host.next()
            #expect(message.errorText == testCase.text)
            let meta = try #require(message.errorMeta)
            #expect(
                meta.members.map(\.name) == [
                    "code", "message", "retryable", "mayHaveExecuted", "phase", "attempts",
                    "waitedMs", "retryAfterMs", "endpoint", "command",
                ])
            #expect(meta["code"] == .string(testCase.error.code.description))
            #expect(meta["retryable"] == .bool(testCase.retryable))
            #expect(meta["mayHaveExecuted"] == .bool(testCase.error.mayHaveExecuted))
            #expect(meta["attempts"] == .integer(Int64(testCase.error.attempts)))
        }
    }

    @Test(
        arguments: [
            (
                "stop_actor", [:],
                "actor_id is missing. Id of the actor to stop."
            ),
            (
                "stop_actor", ["actor_id": "x"],
                "actor_id must be an actor id, a UUID like 6a3f0f57-2f6c-4e0c-9d0e-5f8f3a1b7c11; "
                    + "got \"x\". list_actors gives the ids of the running actors."
            ),
            (
                "stop_actor", ["actor_id": 7],
                "actor_id must be an actor id, a UUID like 6a3f0f57-2f6c-4e0c-9d0e-5f8f3a1b7c11; "
                    + "got 7. list_actors gives the ids of the running actors."
            ),
            (
                "stop_actor", ["actorId": id],
                "actorId is not an argument of stop_actor, which takes actor_id."
            ),
            (
                "theater_status", ["x": 1],
                "x is not an argument of theater_status, which takes no arguments."
            ),
            (
                "send_message", ["actor_id": id],
                "Exactly one of text and data must be given; got neither. "
                    + "Give text, or data with base64 for bytes that are not UTF-8."
            ),
            (
                "send_message", ["actor_id": id, "text": "a", "data": "YQ=="],
                "Exactly one of text and data must be given; got both. Leave one of them out."
            ),
            (
                "send_message", ["actor_id": id, "data": "not base64!"],
                "data must be base64 (RFC 4648 §4); got \"not base64!\". Plain text goes into text."
            ),
            (
                "send_message", ["actor_id": id, "text": ["a": 1]],
                "text must be a string; got an object with \"a\". "
                    + "Give JSON as a string that contains it."
            ),
            (
                "start_actor", ["manifest": "m", "initial_state": ["text": "a", "data": "YQ=="]],
                "Exactly one of initial_state.text and initial_state.data must be given; got both. "
                    + "Leave one of them out."
            ),
            (
                "start_actor", ["manifest": "m", "initial_state": ["count": 0]],
                "initial_state must be an object with either text or data; got an object with "
                    + "\"count\". Give JSON as text: {\"text\": \"{\\\"count\\\":0}\"}."
            ),
            (
                "open_channel", ["actor_id": id, "initial_message": "hi"],
                "initial_message must be an object with either text or data; got \"hi\". "
                    + "For example {\"text\": \"…\"}."
            ),
            (
                "request_message", ["actor_id": id, "text": "x", "timeout_seconds": 46],
                "timeout_seconds must be a number of seconds above 0 and at most 45; got 46."
            ),
            (
                "list_actors", ["limit": 0], "limit must be a whole number from 1 to 1000; got 0."
            ),
        ] as [(String, JSONValue, String)])
    func invalidArgument(tool: String, arguments: JSONValue, text: String) async throws {
        let service = FakeService()
        try await TestHost.run(service) { host in
            host.call(tool, arguments)
            let message = try await host.next()
            #expect(message.errorText == "[invalid_argument] \(text)")
            #expect(message.errorMeta?["code"] == "invalid_argument")
            #expect(message.errorMeta?["mayHaveExecuted"] == false)
        }
        #expect(service.recorder.calls.isEmpty)
    }
}
