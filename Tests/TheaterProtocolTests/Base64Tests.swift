import Testing

@testable import TheaterProtocol

@Suite struct Base64Tests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"), ("\u{FB}\u{F0}", "w7vDsA=="),
    ])
    func vectors(_ plain: String, _ text: String) {
        #expect(Base64.encode(Array(plain.utf8)) == text)
        #expect(Base64.decode(text) == Array(plain.utf8))
        #expect(Base64.decode(Array(text.utf8)) == Array(plain.utf8))
    }

    @Test(arguments: [
        "Zg", "Zg=", "Zg===", "Z", "Zh==", "Zm9=", "Zm8=Zm8=", "=Zg=", "====", "Z===", "Zg==\n",
        "Zm 9", "Zm9-", "Zm9_", "Zm9é", "Z=g=", "\0\0\0\0",
    ])
    func refused(_ text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test func everyLengthAndDigit() {
        var generator = SplitMix64(seed: 1)
        for count in 0..<200 {
            let bytes = generator.bytes(count: count)
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        }
    }
}
