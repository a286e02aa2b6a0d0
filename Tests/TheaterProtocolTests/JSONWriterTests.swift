import Testing

@testable import TheaterProtocol

@Suite struct JSONWriterTests {
    private func text(_ value: JSONValue) -> String {
        String(decoding: value.encoded(), as: UTF8.self)
    }

    @Test func escapesLikeTheServer() {
        #expect(
            text("\"\\/\u{8}\t\n\u{c}\r\u{1}\u{1f}\u{7f}é😀\u{2028}")
                == #""\"\\/\b\t\n\f\r\u0001\u001f"# + "\u{7f}é😀\u{2028}\"")
    }

    @Test func scalarsAndContainers() {
        #expect(text(nil) == "null")
        #expect(text([true, false]) == "[true,false]")
        #expect(text(.unsigned(.max)) == "18446744073709551615")
        #expect(text(.integer(.min)) == "-9223372036854775808")
        #expect(text(.double(1)) == "1.0")
        #expect(text(.double(.infinity)) == "null")
        #expect(text(.double(.nan)) == "null")
        #expect(text(["b": [], "a": [:]]) == #"{"b":[],"a":{}}"#)
    }

    @Test func objectKeepsOrderAndLastValue() {
        var object: JSONObject = ["a": 1, "b": 2, "a": 3]
        #expect(object.members.map(\.name) == ["a", "b"])
        #expect(object["a"] == 3)
        object["a"] = nil
        object["c"] = 4
        #expect(text(.object(object)) == #"{"b":2,"c":4}"#)
        #expect(JSONValue.object(object) == ["c": 4, "b": 2])
        #expect(JSONValue.object(object) != ["c": 4, "x": 2])
        #expect(JSONValue.object(object) != ["c": 4])
    }

    @Test func readsBackWhatItWrites() throws {
        let seed = UInt64.random(in: 0..<1 << 32)
        var generator = SplitMix64(seed: seed)
        for round in 0..<1_500 {
            let value = Self.value(depth: 4, using: &generator)
            #expect(
                try JSONValue(parsing: value.encoded()) == value, "seed \(seed), round \(round)")
        }
    }

    private static func value(depth: Int, using generator: inout SplitMix64) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .integer(Int64(bitPattern: generator.next()))
        case 3: return .unsigned(generator.next() | 1 << 63)
        case 4:
            let double = Double(bitPattern: generator.next())
            return .double(double.isFinite ? double : 0.1)
        case 5: return .string(string(using: &generator))
        case 6:
            return .array(
                (0..<Int.random(in: 0..<5, using: &generator)).map { _ in
                    value(depth: depth - 1, using: &generator)
                })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0..<12, using: &generator) {
                object[string(using: &generator)] = value(depth: depth - 1, using: &generator)
            }
            return .object(object)
        }
    }

    private static func string(using generator: inout SplitMix64) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0..<9, using: &generator) {
            let limit: UInt32 = Bool.random(using: &generator) ? 0x80 : 0x11_0000
            let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &generator))
            text.unicodeScalars.append(scalar ?? "\u{FFFD}")
        }
        return text
    }

    @Test func everyByteAsText() throws {
        let bytes = (0...255).map(UInt8.init) + [9, 10, 99, 100, 255, 0]
        var text: [UInt8] = []
        ByteArrayText.append(bytes, to: &text)
        #expect(text.count == ByteArrayText.encodedCount(of: bytes))
        #expect(
            String(decoding: text, as: UTF8.self)
                == "[\(bytes.map(String.init).joined(separator: ","))]")
        var reader = JSONReader(text)
        #expect(try reader.readByteArray() == bytes)
    }

    @Test(
        arguments: [
            ("[]", []), ("[ ]", []), ("[0]", [0]), (" [ 1 ,\n22,333 ]", nil),
            ("[ 1 ,\n22 ,233 ]", [1, 22, 233]),
            ("[256]", nil), ("[256,1]", nil), ("[-1]", nil), ("[1.0]", nil), ("[1e1]", nil),
            ("[01]", nil),
            ("[00,1]", nil), ("[001,1]", nil), ("[1,]", nil), ("[,1]", nil), ("[1,,2]", nil),
            ("[1", nil),
            ("[1,", nil), ("[\"1\"]", nil), ("\"hi\"", nil), ("[999,1,1]", nil), ("[1000]", nil),
            ("[null]", nil),
        ] as [(String, [UInt8]?)])
    func byteArrays(_ text: String, _ expected: [UInt8]?) {
        var reader = JSONReader(Array(text.utf8))
        #expect((try? reader.readByteArray()) == expected)
    }
}
