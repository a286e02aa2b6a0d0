import Testing

@testable import TheaterProtocol

@Suite struct JSONReaderTests {
    @Test(arguments: [
        ("0", JSONValue.integer(0)), ("-1", .integer(-1)), ("7 ", .integer(7)),
        ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
        ("9223372036854775808", .unsigned(1 << 63)), ("18446744073709551615", .unsigned(.max)),
        ("18446744073709551616", .double(18_446_744_073_709_551_616)),
        ("-9223372036854775809", .double(-9_223_372_036_854_775_808)),
        ("9007199254740993", .integer(9_007_199_254_740_993)),
        ("1.5", .double(1.5)), ("1e3", .double(1_000)), ("1E+3", .double(1_000)),
        ("2.5e-1", .double(0.25)), ("1e-999", .double(0)), ("-0", .double(0)),
    ])
    func numbers(_ text: String, _ expected: JSONValue) throws {
        #expect(try JSONValue(parsing: Array(text.utf8)) == expected)
    }

    @Test func minusZeroKeepsItsSign() throws {
        guard case .double(let zero) = try JSONValue(parsing: Array("-0".utf8)) else {
            Issue.record("not a double")
            return
        }
        #expect(zero.sign == .minus)
    }

    @Test(arguments: [
        #""""#: "", #""a\"\\\/\b\f\n\r\t""#: "a\"\\/\u{8}\u{c}\n\r\t", #""\u0041\u00e9""#: "Aé",
        #""\ud83d\ude00""#: "😀", #""\uD83D\uDE00!""#: "😀!", #""é😀""#: "é😀",
        #""\u0000""#: "\0", "\"\u{7F}\"": "\u{7F}",
    ])
    func strings(_ text: String, _ expected: String) throws {
        #expect(try JSONValue(parsing: Array(text.utf8)) == .string(expected))
    }

    @Test func containers() throws {
        let text = " { \"b\" : [ true , false , null , [ ] , { } ] ,\n\t\"a\":\r{\"x\":1} } "
        let expected: JSONValue = ["a": ["x": 1], "b": [true, false, nil, [], [:]]]
        let value = try JSONValue(parsing: Array(text.utf8))
        #expect(value == expected)
        #expect(value.object?.members.map(\.name) == ["b", "a"])
        #expect(value.object?["b"]?.array?.first?.bool == true)
        #expect(value.object?["a"]?.object?["x"]?.int == 1)
    }

    @Test(arguments: [
        ("", "unexpected end", 0), ("  ", "unexpected end", 2), ("01", "leading zero", 0),
        ("-01", "leading zero", 1), ("1e999", "number out of range", 0),
        ("-1e999", "number out of range", 0), ("-", "unexpected end", 1),
        ("1.", "unexpected end", 2), (".5", "unexpected character '.'", 0),
        ("1e", "unexpected end", 2), ("+1", "unexpected character '+'", 0),
        ("0x10", "trailing bytes", 1), ("NaN", "unexpected character 'N'", 0),
        ("1 2", "trailing bytes", 2), ("{} x", "trailing bytes", 3), ("1\0", "trailing bytes", 1),
        ("nul", "unexpected end", 3), ("nulL", "unexpected character 'L'", 3),
        ("truE", "unexpected character 'E'", 3), ("[1,]", "unexpected character ']'", 3),
        ("[1 2]", "unexpected character '2'", 3), ("[", "unexpected end", 1),
        ("[1", "unexpected end", 2), ("{", "unexpected end", 1),
        ("{\"a\"}", "unexpected character '}'", 4), ("{\"a\":}", "unexpected character '}'", 5),
        ("{\"a\":1,}", "unexpected character '}'", 7), ("{a:1}", "unexpected character 'a'", 1),
        ("{\"a\":1,\"a\":2}", "duplicate name", 7), ("'a'", "unexpected character '''", 0),
        ("{\"a\":1,\"\\u0061\":2}", "duplicate name", 7), ("\"a", "unterminated string", 0),
        ("\"a\\\"", "unterminated string", 0), ("\"\\", "unterminated string", 0),
        ("\"\\x\"", "invalid escape", 1), ("\"\\u12\"", "invalid escape", 5),
        ("\"\\ud800\"", "lone surrogate", 1), ("\"\\ud800x\"", "lone surrogate", 1),
        ("\"\\ud800\\n\"", "lone surrogate", 1), ("\"\\udc00\"", "lone surrogate", 1),
        ("\"\\ud800\\ud800\"", "lone surrogate", 1), ("\"\n\"", "control character in a string", 1),
        ("\"\0\"", "control character in a string", 1), ("\0", "unexpected byte 0x00", 0),
        ("\u{FEFF}1", "unexpected byte 0xef", 0), ("/* */1", "unexpected character '/'", 0),
        ("\u{A0}1", "unexpected byte 0xc2", 0),
    ])
    func faults(_ text: String, _ reason: String, _ offset: Int) {
        #expect(throws: JSONError(reason: reason, offset: offset)) {
            try JSONValue(parsing: Array(text.utf8))
        }
    }

    @Test(arguments: [
        [0xFF], [0xC0, 0x80], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
        [0x80], [0xF8, 0x88, 0x80, 0x80, 0x80],
    ])
    func invalidUTF8(_ bytes: [UInt8]) {
        let quote = UInt8(ascii: "\"")
        let fault = JSONError(reason: "invalid UTF-8 in a string", offset: 0)
        #expect(throws: fault) { try JSONValue(parsing: [quote] + bytes + [quote]) }
        // The same where an escape takes the other path.
        let escape = Array("\\n".utf8)
        #expect(throws: fault) { try JSONValue(parsing: [quote] + bytes + escape + [quote]) }
    }

    @Test(arguments: ["[", "{\"a\":", "[{\"a\":"])
    func depthBomb(_ opening: String) {
        let bomb = Array(String(repeating: opening, count: 100_000).utf8)
        #expect(throws: JSONError.self) { try JSONValue(parsing: bomb) }
        let skipped = Array("{\"ActorStarted\":{\"x\":".utf8) + bomb
        #expect(throws: WireError.self) { try ServerMessage(decoding: skipped) }
    }

    @Test func depthOf128IsRead() throws {
        func nested(_ depth: Int) -> [UInt8] {
            [UInt8](repeating: UInt8(ascii: "["), count: depth)
                + [UInt8](repeating: UInt8(ascii: "]"), count: depth)
        }
        let text = nested(128)
        #expect(try JSONValue(parsing: text).encoded() == text)
        #expect(throws: JSONError(reason: "nesting deeper than 128", offset: 128)) {
            try JSONValue(parsing: nested(129))
        }
    }

    @Test func namesDifferByBytesNotByCanonicalEquivalence() throws {
        let text = "{\"\u{E9}\":1,\"e\u{301}\":2}"
        let object = try #require(try JSONValue(parsing: Array(text.utf8)).object)
        #expect(object["\u{E9}"] == 1)
        #expect(object["e\u{301}"] == 2)
        #expect(try JSONValue(parsing: Array("{\"e\u{301}\":1}".utf8)) != ["\u{E9}": 1])
    }

    @Test func manyNamesStayLinear() throws {
        let members = (0..<50_000).map { "\"n\($0)\":\($0)" }.joined(separator: ",")
        let value = try JSONValue(parsing: Array("{\(members)}".utf8))
        #expect(value.object?.members.count == 50_000)
        #expect(value == value)
        #expect(throws: JSONError.self) {
            try JSONValue(parsing: Array("{\(members),\"n49999\":0}".utf8))
        }
    }

    @Test func numberOfAMegabyteIsRefused() {
        let digits = [UInt8](repeating: UInt8(ascii: "7"), count: 1 << 20)
        #expect(throws: JSONError(reason: "number longer than 1024 bytes", offset: 0)) {
            try JSONValue(parsing: digits)
        }
    }
}
