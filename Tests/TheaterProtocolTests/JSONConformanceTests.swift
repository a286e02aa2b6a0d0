import Testing

@testable import TheaterProtocol

/// RFC 8259, section by section: what must be read, and what must not.
@Suite struct JSONConformanceTests {
    private static let accepted: [String] = [
        // 2: white space around any token, any value at the top.
        " \t\r\n0 \t\r\n", "[ ]", "{ }", "[\n1\t,\r2 ]", "{ \"a\" : 1 , \"b\" : 2 }", "\"\"",
        // 3: literals.
        "true", "false", "null",
        // 4: any name, the empty one too; names that differ by case or form.
        "{\"\":0}", "{\"a\":1,\"A\":2}", "{\"\\u0000\":0}", "{\"\u{E9}\":1,\"e\u{301}\":2}",
        // 5: mixed arrays.
        "[null,1,\"a\",[],{}]",
        // 6: numbers.
        "0", "-0", "-1", "1234567890", "0.0", "-0.5", "1e1", "1E1", "1e+1", "1e-1", "0e0",
        "0E+00", "1.25e-02", "123456789012345678901234567890", "1e308", "5e-324", "1e-1000",
        // 7: strings.
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\u0041\\u00e9\\u20AC\"", "\"\\uD834\\uDD1E\"",
        "\"\u{7F}\"", "\"\u{80}\u{9F}\"", "\"\u{2028}\u{2029}\"", "\"\u{FFFE}\u{10FFFF}\"",
        "\"\\u0000\\u001f\"", "\"\u{FEFF}\"", "\"\\uFFFF\"", "\"\\udbff\\udfff\"",
    ]

    private static let refused: [String] = [
        // 2: nothing, two values, other white space, comments, a byte order mark.
        "", " ", "1 1", "{}{}", "[],", "\u{B}1", "\u{C}1", "\u{A0}1", "\u{2028}1", "//\n1",
        "/**/1", "#\n1", "\u{FEFF}1",
        // 3: other cases, cut short, glued.
        "True", "NULL", "nul", "tru", "nulll", "truefalse", "NaN", "Infinity", "-Infinity",
        "undefined",
        // 4: objects.
        "{", "}", "{]", "{\"a\"}", "{\"a\":}", "{\"a\" 1}", "{\"a\":1,}", "{,}", "{a:1}",
        "{'a':1}", "{1:1}", "{null:1}", "{\"a\":1 \"b\":2}", "{\"a\":1,,\"b\":2}", "{\"a\"::1}",
        // 5: arrays.
        "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1,,2]", "[1 2]", "[1}", "[1:2]",
        // 6: numbers.
        "+1", "01", "-01", "00", "1.", ".5", "-.5", "-", "--1", "1e", "1e+", "1.e1", "1.5.5",
        "0x1", "0b1", "1_000", "1,000", "1a", "1e1.5", "١", "1e309", "-1e309",
        // 7: strings.
        "\"", "\"a", "'a'", "\"\\\"", "\"\\a\"", "\"\\'\"", "\"\\x41\"", "\"\\0\"", "\"\\u\"",
        "\"\\u12\"", "\"\\u123G\"", "\"\\U0041\"", "\"\\ud800\"", "\"\\udc00\"",
        "\"\\ud800\\u0041\"", "\"\\udc00\\ud800\"", "\"\t\"", "\"\n\"", "\"\0\"", "\"\u{1F}\"",
        // Stricter than it must be: names that appear twice, in any spelling.
        "{\"a\":1,\"a\":1}", "{\"a\":1,\"\\u0061\":1}",
    ]

    private static let invalidUTF8: [[UInt8]] = [
        [0x80], [0xBF], [0xC0, 0xAF], [0xC1, 0x81], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0xAF],
        [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0xAF],
        [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF],
        [0xFC, 0x80, 0x80, 0x80, 0x80, 0x80],
    ]

    @Test(arguments: accepted)
    func accepts(_ text: String) throws {
        let value = try JSONValue(parsing: Array(text.utf8))
        #expect(try JSONValue(parsing: value.encoded()) == value)
        var reader = JSONReader(Array(text.utf8))
        try reader.skipValue()
        try reader.readEnd()
    }

    @Test(arguments: refused)
    func refuses(_ text: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
        // What is skipped is checked as strictly.
        #expect(throws: JSONFault.self) {
            var reader = JSONReader(Array(text.utf8))
            try reader.skipValue()
            try reader.readEnd()
        }
    }

    @Test(arguments: invalidUTF8)
    func refusesInvalidUTF8(_ bytes: [UInt8]) {
        let quote = UInt8(ascii: "\"")
        let name = Array("{\"".utf8) + bytes + Array("\":1}".utf8)
        for text in [[quote] + bytes + [quote], name, bytes, Array("1".utf8) + bytes] {
            #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
        }
    }
}
