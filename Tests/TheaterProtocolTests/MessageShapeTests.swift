import Testing

@testable import TheaterProtocol

/// Shapes no recording shows, and the tolerance decoding needs.
@Suite struct MessageShapeTests {
    private static let idText = "550e8400-e29b-41d4-a716-446655440000"

    private func id() throws -> ActorID { try #require(ActorID(Self.idText)) }

    private func decode(_ text: String) throws -> ServerMessage {
        try ServerMessage(
            decoding: Array(text.replacing("ID", with: "\"\(Self.idText)\"").utf8))
    }

    @Test func membersInAnyOrderAndUnknownOnesSkipped() throws {
        let message = try decode(
            "{ \"RequestedMessage\" : {\"x\":[{\"y\":1e5}],\"message\":[1,2],\"id\":ID,\"z\":null} }"
        )
        #expect(message == .requestedMessage(try id(), [1, 2]))
    }

    @Test(arguments: [
        "{\"ActorStarted\":{\"id\":ID,\"id\":ID}}",
        "{\"ActorStarted\":{\"id\":ID,\"x\":1,\"x\":2}}",
        "{\"ActorStarted\":{\"id\":ID}", "{\"ActorStarted\":{\"id\":ID}}]", "",
    ])
    func notJSON(_ text: String) {
        let fault = #expect(throws: WireError.self) { try decode(text) }
        #expect(fault?.reason == .invalidJSON)
    }

    @Test(arguments: [
        "{}", "[]", "7", "{\"ActorStarted\":{}}", "{\"ActorStarted\":{\"id\":7}}",
        "{\"ActorStarted\":{\"id\":\"x\"}}", "{\"ActorStarted\":ID}", "\"ActorStarted\"",
        "{\"ActorStarted\":{\"id\":ID},\"SentMessage\":{\"id\":ID}}", "{\"Error\":{}}",
        "{\"RequestedMessage\":{\"id\":ID,\"message\":\"hi\"}}",
        "{\"RequestedMessage\":{\"id\":ID,\"message\":[256]}}",
        "{\"ActorList\":{\"actors\":[[ID]]}}", "{\"ActorList\":{\"actors\":[[ID,\"a\",\"b\"]]}}",
        "{\"ActorResult\":{\"Vanished\":{}}}",
        "{\"ChannelOpened\":{\"channel_id\":\"c\",\"actor_id\":\"x\"}}",
        "{\"ActorEvent\":{\"event\":{\"hash\":[],\"event_type\":\"x\",\"data\":[],\"timestamp\":-1}}}",
    ])
    func wrongShapes(_ text: String) {
        let fault = #expect(throws: WireError.self) { try decode(text) }
        #expect(fault?.reason == .invalidMessage)
    }

    @Test func unknownVariantsAreKept() throws {
        #expect(
            try decode("{\"Weather\":{\"rain\":[1,true]}}")
                == .unknown(variant: "Weather", ["rain": [1, true]]))
        #expect(try decode("\"Goodbye\"") == .unknown(variant: "Goodbye", nil))
        #expect(try decode("{\"Weather\":1}").name == "Weather")
        #expect(
            try decode("{\"Weather\":1}").encoded(as: .july2026) == Array("{\"Weather\":1}".utf8))
        #expect(
            try decode("{\"ActorStatus\":{\"id\":ID,\"status\":\"Asleep\"}}")
                == .actorStatus(try id(), .unknown("Asleep")))
    }

    @Test func states() throws {
        let cases: [(String, ActorState)] = [
            ("null", .none), ("[]", .bytes([])), ("[123,125]", .bytes([123, 125])),
            ("[256]", .value([256])), ("[\"a\"]", .value(["a"])), ("{\"U8\":1}", .value(["U8": 1])),
        ]
        for (text, state) in cases {
            let message = try decode("{\"ActorState\":{\"id\":ID,\"state\":\(text)}}")
            #expect(message == .actorState(try id(), state))
            #expect(try ServerMessage(decoding: message.encoded(as: .june2025)) == message)
        }
    }

    @Test func errorsOfEveryKind() throws {
        let kinds: [ManagementError] = [
            .actorNotFound, .actorAlreadyExists, .actorNotRunning, .actorError("a"),
            .channelNotFound, .channelClosed, .channelRejected, .storeError("b"),
            .communicationError("c"), .invalidRequest("d"), .timeout, .runtimeError("e"),
            .internalError("f"), .serializationError("g"), .actorInitializationError("h"),
            .unknown(["Newer": 1]), .unknown("Newest"),
        ]
        for kind in kinds {
            let message = ServerMessage.error(kind)
            #expect(try ServerMessage(decoding: message.encoded(as: .july2026)) == message)
            #expect(!kind.text.isEmpty)
            #expect(
                try ServerMessage(decoding: message.encoded(as: .april2025))
                    == .error(.message(kind.text)))
        }
        #expect(try decode("{\"Error\":{\"message\":\"m\"}}") == .error(.message("m")))
    }

    @Test func failuresStayOpen() throws {
        for text in [
            "\"Resting\"", "{\"OperationTimeout\":\"1 s\"}", "{\"Internal\":7}", "7",
            "{\"Paused\":{}}", "\"HandlerError\"", "{\"HandlerError\":\"a\",\"Paused\":null}",
        ] {
            let message = try decode("{\"ActorError\":{\"error\":\(text)}}")
            let value = try JSONValue(parsing: Array(text.utf8))
            #expect(message == .actorError(nil, .other(value)))
        }
    }

    private static let everyFailure: [(String, ActorFailure)] = [
        ("{\"OperationTimeout\":18446744073709551615}", ActorFailure.operationTimeout(.max)),
        ("\"ChannelClosed\"", .channelClosed), ("\"ShuttingDown\"", .shuttingDown),
        ("{\"FunctionNotFound\":\"f\"}", .functionNotFound("f")),
        ("{\"TypeMismatch\":\"f\"}", .typeMismatch("f")),
        ("{\"UnexpectedError\":\"e\"}", .unexpectedError("e")),
        ("\"SerializationError\"", .serializationError),
        ("{\"UpdatePackageError\":\"u\"}", .updateError("u")),
        ("\"Paused\"", .paused), ("\"NotPaused\"", .notPaused),
        ("{\"HandlerError\":\"h\"}", .handlerError("h")),
    ]

    @Test(arguments: everyFailure)
    func failures(_ text: String, _ failure: ActorFailure) throws {
        let message = ServerMessage.actorError(nil, failure)
        #expect(try decode("{\"ActorError\":{\"error\":\(text)}}") == message)
        let json = String(decoding: message.encoded(as: .july2026), as: UTF8.self)
        #expect(json == "{\"ActorError\":{\"error\":\(text)}}")
    }

    @Test func updateErrorHadAnotherName() throws {
        let message = try decode("{\"ActorError\":{\"error\":{\"UpdateComponentError\":\"u\"}}}")
        #expect(message == .actorError(nil, .updateError("u")))
        #expect(try ServerMessage(decoding: message.encoded(as: .june2025)) == message)
        #expect(
            String(decoding: message.encoded(as: .june2025), as: UTF8.self)
                .contains("UpdateComponentError"))
    }

    @Test func eventsLoseWhatAnEraDoesNotSend() throws {
        let event = ChainEvent(
            hash: [1], parentHash: nil, eventType: "wasm", data: [2],
            timestampMilliseconds: 18_446_744_073_709_551_615, eventDescription: "d")
        let message = ServerMessage.actorEvent(try id(), event)
        #expect(try ServerMessage(decoding: message.encoded(as: .april2025)) == message)
        #expect(
            try ServerMessage(decoding: message.encoded(as: .june2025)) == .actorEvent(nil, event))
        var bare = event
        bare.timestampMilliseconds = nil
        bare.eventDescription = nil
        #expect(
            try ServerMessage(decoding: message.encoded(as: .january2026))
                == .actorEvent(nil, bare))
    }

    @Test func commandClasses() throws {
        let id = try id()
        let channel = ChannelID("ch_0")
        let subscription = try #require(SubscriptionID(Self.idText))
        let classes: [(CommandClass, [Command])] = [
            (
                .readOnly,
                [
                    .listActors, .getActorManifest(id), .getActorStatus(id), .getActorState(id),
                    .getActorMetrics(id), .getActorEvents(id),
                ]
            ),
            (
                .idempotent,
                [
                    .stopActor(id), .terminateActor(id), .unsubscribeFromActor(id, subscription),
                    .closeChannel(channel),
                ]
            ),
            (.connectionScoped, [.subscribeToActor(id)]),
            (
                .nonIdempotent,
                [
                    .startActor(manifest: "m", initialState: [1], parent: true, subscribe: true),
                    .sendActorMessage(id, data: []), .requestActorMessage(id, data: [1]),
                    .restartActor(id), .openChannel(.external, initialMessage: []),
                    .sendOnChannel(channel, message: [2]), .newStore,
                    .updateActorComponent(id, component: "c"),
                    .updateActorPackage(id, package: "p"),
                ]
            ),
        ]
        #expect(classes.flatMap(\.1).count == 20)
        for (commandClass, commands) in classes {
            for command in commands {
                #expect(command.commandClass == commandClass)
                let era = try #require(
                    ServerEra.allCases.last { !$0.unknownCommands.contains(command.name) })
                #expect(try Command(decoding: command.encoded(), era: era) == command)
            }
        }
    }
}
