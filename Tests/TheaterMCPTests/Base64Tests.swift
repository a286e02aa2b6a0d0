import Testing

@testable import TheaterMCP

@Suite struct Base64Tests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
    func vectorsOfRFC4648(plain: String, encoded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(plain.utf8))
    }

    @Test func everyByte() {
        let bytes = [UInt8](0...255)
        #expect(Base64.decode(Base64.encode(bytes)) == bytes)
    }

    @Test(arguments: [
        "Zg", "Zg=", "Zh==", "Zm9=", "=", "====", "Z===", "Zm9v\n", "Zm-_", "Zm9v Zg=",
    ])
    func refused(text: String) {
        #expect(Base64.decode(text) == nil)
    }
}
