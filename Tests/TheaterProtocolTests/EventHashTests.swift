import Testing

@testable import TheaterProtocol

/// Every recorded event's hash is the SHA-1 of its text (wire reference §9).
@Suite struct EventHashTests {
    @Test(arguments: ServerEra.allCases)
    func recordedEvents(_ era: ServerEra) throws {
        var verified = 0
        var scanned = 0
        for recording in Recording.all where recording.era == era {
            for line in try recording.lines() where line.what == "received" {
                guard let text = line.wholeText else { continue }
                scanned += text.utf8.count(of: "\"hash\":[")
                for event in try ServerMessage(decoding: Array(text.utf8)).events {
                    #expect(
                        event.computedHash() == event.hash,
                        "\(recording.testDescription), line \(line.number)")
                    #expect(event.hash.count == 20)
                    verified += 1
                }
            }
        }
        #expect(verified == scanned)
        #expect(verified > 0)
    }

    @Test func alteredEventDoesNotVerify() {
        var event = ChainEvent(hash: [], parentHash: nil, eventType: "wasm", data: [1, 2])
        event.hash = event.computedHash()
        #expect(event.computedHash() == event.hash)
        event.data = [1, 3]
        #expect(event.computedHash() != event.hash)
    }

    @Test(arguments: [
        ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
        ),
        (String(repeating: "a", count: 1_000), "291e9a6c66994949b57ba5e650361e98fc36b1ba"),
    ])
    func publishedDigests(_ text: String, _ expected: String) {
        let digest = SHA1.digest(of: Array(text.utf8))
        let digits = digest.flatMap { [$0 >> 4, $0 & 15] }.map(HexDigit.text(of:))
        #expect(String(decoding: digits, as: UTF8.self) == expected)
    }
}

extension String.UTF8View {
    /// How often a text occurs.
    fileprivate func count(of text: String) -> Int {
        let bytes = Array(self)
        let pattern = Array(text.utf8)
        var count = 0
        var index = 0
        while index + pattern.count <= bytes.count {
            // The first byte alone rules most places out.
            if bytes[index] == pattern[0],
                bytes[index..<index + pattern.count].elementsEqual(pattern)
            {
                count += 1
            }
            index += 1
        }
        return count
    }
}
