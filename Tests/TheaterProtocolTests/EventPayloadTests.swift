import Testing

@testable import TheaterProtocol

/// What events tell, in the form of every era.
@Suite struct EventPayloadTests {
    /// The name of a case, for counting.
    private func kind(_ payload: EventPayload) -> String {
        switch payload {
        case .hostFunctionCall(let call): "call of \(call.function)"
        case .wasmCall: "wasm call"
        case .wasmResult: "wasm result"
        case .wasmError: "wasm error"
        case .wasmCreationError: "creation error"
        case .shutdown: "shutdown"
        case .replaySummary: "replay summary"
        case .handlerEvent(let group, let name, _): "\(group).\(name)"
        case .json, .value, .undecoded: "unknown"
        }
    }

    private static let recordedKinds: [(ServerEra, [String: Int])] = [
        (
            ServerEra.april2025,
            [
                "Runtime.Log": 293, "wasm call": 29, "wasm result": 29,
                "TheaterRuntime.ActorLoadCall": 3,
            ]
        ),
        (
            .june2025,
            [
                "Runtime.Log": 176, "wasm call": 32, "wasm result": 30, "wasm error": 7,
                "TheaterRuntime.ActorLoadCall": 7, "Runtime.ShutdownCall": 1,
                "Runtime.ShutdownRequested": 1,
            ]
        ),
        (
            .january2026,
            [
                "call of log": 84, "wasm call": 30, "wasm result": 29, "wasm error": 1,
                "shutdown": 5, "call of shutdown": 1,
            ]
        ),
        (.july2026, ["shutdown": 3]),
    ]

    @Test(arguments: recordedKinds)
    func recordedEvents(_ era: ServerEra, _ expected: [String: Int]) throws {
        var counts: [String: Int] = [:]
        for event in try Recording.messages(of: era).flatMap(\.events) {
            counts[kind(event.payload), default: 0] += 1
            #expect((event.payload.logMessage == nil) != event.eventType.hasSuffix("/runtime/log"))
        }
        #expect(counts == expected)
    }

    private func payload(_ text: String, type: String = "wasm") -> EventPayload {
        ChainEvent(hash: [], parentHash: nil, eventType: type, data: Array(text.utf8)).payload
    }

    @Test func wasmEventsOf2025And2026() {
        let groups: [(opening: String, closing: String)] = [
            ("{\"Wasm\":{", "}}"), ("{\"category\":\"Wasm\",", "}"),
        ]
        for (opening, closing) in groups {
            let call = "\"WasmCall\":{\"function_name\":\"f\",\"params\":[1,2]}"
            #expect(
                payload(opening + call + closing)
                    == .wasmCall(function: "f", parameters: .value(.bytes([1, 2]))))
            let result = "\"WasmResult\":{\"function_name\":\"f\",\"result\":"
            #expect(
                payload(opening + result + "[null,[3]]}" + closing)
                    == .wasmResult(function: "f", state: nil, response: .value(.bytes([3]))))
            // Since 2026-03-14 the state is a typed value.
            #expect(
                payload(opening + result + "[{\"U8\":1},[3]]}" + closing)
                    == .wasmResult(
                        function: "f", state: .value(.u8(1)), response: .value(.bytes([3]))))
            #expect(
                payload(
                    opening + "\"WasmError\":{\"function_name\":\"f\",\"message\":\"m\"}" + closing)
                    == .wasmError(function: "f", message: "m"))
            #expect(
                payload(opening + "\"WasmComponentCreationError\":{\"error\":\"e\"}" + closing)
                    == .wasmCreationError("e"))
        }
    }

    @Test func hostFunctionCallsOf2026() {
        let call = payload(
            "{\"category\":\"HostFunction\",\"interface\":\"i/runtime\",\"function\":\"log\","
                + "\"input\":{\"String\":\"hi\"},\"output\":{\"Option\":{\"List\":[{\"U8\":1}]}}}")
        #expect(
            call
                == .hostFunctionCall(
                    HostFunctionCall(
                        interface: "i/runtime", function: "log", input: .value(.string("hi")),
                        output: .json(["Option": ["List": [["U8": 1]]]]))))
        #expect(call.logMessage == "hi")
        #expect(
            payload(
                "{\"category\":\"ReplaySummary\",\"total_events\":3,\"events_replayed\":2,"
                    + "\"mismatches\":1,\"success\":false,\"error\":\"e\"}")
                == .replaySummary(
                    ReplaySummary(
                        totalEvents: 3, eventsReplayed: 2, mismatches: 1, success: false, error: "e"
                    )))
    }

    @Test func graphs() {
        func wasm(_ name: String, _ fields: [PackField]) -> PackValue {
            event(
                "wasm",
                .variant(
                    PackVariant(
                        typeName: "wasm-event-data", caseName: name, tag: 0,
                        payload: [.record(typeName: name, fields: fields)])))
        }
        func event(_ name: String, _ content: PackValue) -> PackValue {
            .variant(
                PackVariant(
                    typeName: "chain-event-payload", caseName: name, tag: 0, payload: [content]))
        }
        let function = PackField(name: "function-name", value: .string("f"))
        let state = PackValue.option(type: .u8, .u8(1))
        let cases: [(PackValue, EventPayload)] = [
            (
                wasm("wasm-call", [function, PackField(name: "params", value: .tuple([]))]),
                .wasmCall(function: "f", parameters: .value(.tuple([])))
            ),
            (
                wasm(
                    "wasm-result",
                    [
                        function, PackField(name: "state", value: state),
                        PackField(name: "response", value: .bool(true)),
                    ]),
                .wasmResult(function: "f", state: .value(state), response: .value(.bool(true)))
            ),
            (
                wasm(
                    "wasm-result",
                    [
                        function, PackField(name: "value", value: state),
                        PackField(name: "bytes", value: .bytes([2])),
                    ]),
                .wasmResult(function: "f", state: .value(.u8(1)), response: .value(.bytes([2])))
            ),
            (
                wasm("wasm-error", [function, PackField(name: "message", value: .string("m"))]),
                .wasmError(function: "f", message: "m")
            ),
            (
                wasm(
                    "wasm-component-creation-error",
                    [PackField(name: "error", value: .string("e"))]),
                .wasmCreationError("e")
            ),
            (
                event(
                    "replay-summary",
                    .record(
                        typeName: "replay-summary",
                        fields: [
                            PackField(name: "total-events", value: .u64(9)),
                            PackField(name: "events-replayed", value: .u64(8)),
                            PackField(name: "mismatches", value: .u64(7)),
                            PackField(name: "success", value: .bool(true)),
                            PackField(name: "error", value: .option(type: .string, nil)),
                        ])),
                .replaySummary(
                    ReplaySummary(
                        totalEvents: 9, eventsReplayed: 8, mismatches: 7, success: true, error: nil)
                )
            ),
            (wasm("wasm-dream", [function]), .value(wasm("wasm-dream", [function]))),
            (.u8(1), .value(.u8(1))),
        ]
        for (value, expected) in cases {
            #expect(EventPayload(data: value.encoded()) == expected)
        }
    }

    @Test func unknownPayloadsAreValues() {
        #expect(
            payload("{\"Weather\":{\"Rain\":1}}")
                == .handlerEvent(group: "Weather", name: "Rain", 1))
        for text in ["7", "[1]", "{\"category\":\"Weather\",\"x\":1}", "{\"a\":1,\"b\":2}", "{}"] {
            #expect(payload(text) == .json((try? JSONValue(parsing: Array(text.utf8))) ?? nil))
        }
        for text in ["", "{", "CGRF", "CGRF\u{3}\u{0}\u{0}\u{0}", "{\"Wasm\":{}} x"] {
            #expect(payload(text) == .undecoded(Array(text.utf8)))
        }
        // Only the stop marker's event is called `shutdown`.
        let call =
            "{\"category\":\"Wasm\",\"WasmCall\":"
            + "{\"function_name\":\"shutdown\",\"params\":[]}}"
        #expect(payload(call, type: "shutdown") == .shutdown)
        #expect(payload(call) == .wasmCall(function: "shutdown", parameters: .value(.bytes([]))))
    }
}
