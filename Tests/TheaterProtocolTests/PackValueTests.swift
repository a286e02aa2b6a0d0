import Testing

@testable import TheaterProtocol

/// Typed values in both forms, JSON and CGRF.
@Suite struct PackValueTests {
    static let values: [(String, PackValue)] = [
        ("{\"Bool\":true}", .bool(true)), ("{\"U8\":255}", .u8(255)),
        ("{\"U16\":65535}", .u16(.max)), ("{\"U32\":4294967295}", .u32(.max)),
        ("{\"U64\":18446744073709551615}", .u64(.max)), ("{\"S8\":-128}", .s8(.min)),
        ("{\"S16\":-32768}", .s16(.min)), ("{\"S32\":-2147483648}", .s32(.min)),
        ("{\"S64\":-9223372036854775808}", .s64(.min)), ("{\"F32\":1.5}", .f32(1.5)),
        ("{\"F64\":-0.25}", .f64(-0.25)), ("{\"Char\":\"é\"}", .char("é")),
        ("{\"String\":\"x\"}", .string("x")), ("{\"Flags\":9}", .flags(9)),
        ("{\"Tuple\":[{\"U8\":1},{\"Tuple\":[]}]}", .tuple([.u8(1), .tuple([])])),
        ("{\"List\":{\"elem_type\":\"U8\",\"items\":[{\"U8\":1}]}}", .bytes([1])),
        (
            "{\"List\":{\"elem_type\":\"U16\",\"items\":[{\"U16\":1}]}}",
            .list(elementType: .u16, [.u16(1)])
        ),
        (
            "{\"List\":{\"elem_type\":{\"Record\":\"r\"},\"items\":[]}}",
            .list(elementType: .record("r"), [])
        ),
        (
            "{\"List\":{\"elem_type\":\"U8\",\"items\":[{\"Bool\":true}]}}",
            .list(elementType: .u8, [.bool(true)])
        ),
        (
            "{\"Option\":{\"inner_type\":{\"List\":\"U8\"},\"value\":null}}",
            .option(type: .list(.u8), nil)
        ),
        (
            "{\"Option\":{\"inner_type\":{\"Tuple\":[\"Bool\",{\"Variant\":\"v\"}]},"
                + "\"value\":{\"U8\":1}}}",
            .option(type: .tuple([.bool, .variant("v")]), .u8(1))
        ),
        (
            "{\"Result\":{\"ok_type\":{\"Option\":\"Char\"},\"err_type\":"
                + "{\"Result\":{\"ok\":\"S64\",\"err\":\"Flags\"}},\"value\":{\"Err\":{\"U8\":1}}}}",
            .result(
                okType: .option(.char), errorType: .result(ok: .s64, error: .flags),
                .error(.u8(1)))
        ),
        (
            "{\"Result\":{\"ok_type\":\"U8\",\"err_type\":\"F64\",\"value\":{\"Ok\":{\"U8\":1}}}}",
            .result(okType: .u8, errorType: .f64, .ok(.u8(1)))
        ),
        (
            "{\"Record\":{\"type_name\":\"r\",\"fields\":[[\"a\",{\"U8\":1}],[\"b\",{\"Bool\":false}]]}}",
            .record(
                typeName: "r",
                fields: [
                    PackField(name: "a", value: .u8(1)), PackField(name: "b", value: .bool(false)),
                ])
        ),
        (
            "{\"Variant\":{\"type_name\":\"t\",\"case_name\":\"c\",\"tag\":4294967295,"
                + "\"payload\":[{\"String\":\"\"}]}}",
            .variant(
                PackVariant(typeName: "t", caseName: "c", tag: .max, payload: [.string("")]))
        ),
    ]

    @Test(arguments: values)
    func bothForms(_ text: String, _ value: PackValue) throws {
        let json = try JSONValue(parsing: Array(text.utf8))
        #expect(try PackValue(json: json) == value)
        #expect(String(decoding: value.json.encoded(), as: UTF8.self) == text)
        #expect(try PackValue(decoding: value.encoded()) == value)
    }

    @Test(arguments: [
        "7", "{}", "null", "{\"U8\":256}", "{\"U8\":-1}", "{\"U8\":1.0}", "{\"U8\":\"1\"}",
        "{\"Char\":\"\"}", "{\"Char\":\"ab\"}", "{\"Char\":\"e\u{301}\"}", "{\"Bool\":1}",
        "{\"String\":1}", "{\"U8\":1,\"U16\":1}", "{\"Star\":1}", "{\"List\":[]}",
        "{\"List\":{\"elem_type\":\"U8\"}}", "{\"List\":{\"elem_type\":\"Star\",\"items\":[]}}",
        "{\"List\":{\"elem_type\":{\"Star\":1},\"items\":[]}}", "{\"Tuple\":{}}",
        "{\"Option\":{\"value\":null}}", "{\"Option\":{\"inner_type\":\"U8\",\"value\":1}}",
        "{\"Result\":{\"ok_type\":\"U8\",\"err_type\":\"U8\",\"value\":{\"Maybe\":{\"U8\":1}}}}",
        "{\"Record\":{\"type_name\":\"r\",\"fields\":[[\"a\"]]}}",
        "{\"Variant\":{\"type_name\":\"t\",\"case_name\":\"c\",\"tag\":-1,\"payload\":[]}}",
    ])
    func refusedJSON(_ text: String) throws {
        let json = try JSONValue(parsing: Array(text.utf8))
        let fault = #expect(throws: PackError.self) { try PackValue(json: json) }
        #expect(fault?.reason == .invalidJSON)
    }

    @Test func floatsThatAreNoNumbers() throws {
        for value in [PackValue.f64(.infinity), .f32(.nan)] {
            #expect(value.json.object?.members.first?.value.encoded() == Array("null".utf8))
            #expect(try PackValue(decoding: value.encoded()).encoded() == value.encoded())
        }
        guard case .f64(let number) = try PackValue(json: ["F64": nil]) else {
            Issue.record("no float")
            return
        }
        #expect(number.isNaN)
    }

    @Test func statesOfEveryEra() throws {
        for era in ServerEra.allCases {
            var count = 0
            for message in try Recording.messages(of: era) {
                guard case .actorState(_, let state) = message else { continue }
                count += 1
                switch (era, state) {
                case (.july2026, _): #expect(state.typedValue == .option(type: .list(.u8), nil))
                case (_, .bytes(let bytes)): #expect(state.typedValue == .bytes(bytes))
                default: Issue.record("no bytes")
                }
            }
            #expect(count > 0)
        }
        #expect(ActorState.none.typedValue == nil)
        #expect(ActorState.value(["Star": 1]).typedValue == nil)
    }

    @Test func fields() {
        let record = PackValue.record(
            typeName: "r", fields: [PackField(name: "a", value: .string("x"))])
        #expect(record[field: "a"]?.string == "x")
        #expect(record[field: "b"] == nil)
        #expect(PackValue.u8(1)[field: "a"] == nil)
        #expect(PackValue.u8(1).string == nil)
    }
}
