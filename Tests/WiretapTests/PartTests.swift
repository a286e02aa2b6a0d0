import CommandLineOptions
import Testing
import TheaterProtocol

@testable import wiretap

/// The parts that need no connection.
@Suite struct PartTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            String(repeating: "a", count: 1_000),
            "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"
        ),
    ])
    func publishedDigests(_ text: String, _ expected: String) {
        #expect(Excerpt.hex(SHA256.digest(of: Array(text.utf8))) == expected)
    }

    @Test(arguments: [1, 2, 3, 5, 7, 1_000]) func framesInAnyChunking(size: Int) throws {
        let frames: [[UInt8]] = [[0, 0, 0, 1, 9], [0, 0, 0, 0], [0, 0, 0, 3, 1, 2, 3]]
        let bytes: [UInt8] = Array(frames.joined()) + [0, 0, 0, 9, 7]
        var splitter = FrameSplitter()
        var found: [[UInt8]] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            splitter.append(Array(bytes[start..<min(start + size, bytes.count)]))
            while let frame = try splitter.next() { found.append(frame) }
        }
        #expect(found == frames)
        #expect(splitter.takeRest() == [0, 0, 0, 9, 7])
        #expect(splitter.bufferedByteCount == 0)
    }

    @Test func eachFrameTellsItsFormat() {
        #expect(EnvelopeKey.format(of: Array(" { \"Complete\":[]}".utf8)) == .fragmenting)
        #expect(EnvelopeKey.format(of: Array("{\"Fragment\":{}}".utf8)) == .fragmenting)
        #expect(EnvelopeKey.format(of: Array("{\"CompleteX\":[]}".utf8)) == .plain)
        #expect(EnvelopeKey.format(of: Array("\"ListActors\"".utf8)) == .plain)
        #expect(EnvelopeKey.format(of: []) == .plain)
    }

    @Test func eventsFindTheirPlace() {
        func event(_ id: UInt8, after parent: UInt8?) -> ChainEvent {
            let hash = { [UInt8](repeating: $0, count: 20) }
            return ChainEvent(
                hash: hash(id), parentHash: parent.map(hash), eventType: "wasm", data: [])
        }
        var order = EventOrder()
        // 1 is never seen; 4 and 3 come early; the second 4 is another subscription's.
        let arrivals = [
            event(2, after: 1), event(4, after: 3), event(4, after: 3), event(3, after: 2),
            event(5, after: 4),
        ]
        #expect(arrivals.map { order.add($0) } == [0, 0, 0, 1, 0])
    }

    @Test func terminalIsNotObeyed() {
        #expect(Excerpt.line("a\u{1B}[31mb\u{202E}c\n") == "a\\u{1b}[31mb\\u{202e}c\\n")
        #expect(Excerpt.payload([0x1B, 0x41]) == "2 B: 0x1b41")
        #expect(Excerpt.payload(Array("hej då".utf8)) == "7 B: hej då")
        #expect(Excerpt.payload([UInt8](repeating: 0xC3, count: 999)).hasSuffix("c3c3…"))
        let long = Excerpt.payload(Array(String(repeating: "å", count: 999).utf8))
        #expect(long == "1998 B: " + String(repeating: "å", count: 72) + "…")
    }

    @Test(arguments: [
        ([], "give --listen PORT and --to HOST:PORT, or --read FILE"),
        (["--listen", "1"], "--listen needs --to HOST:PORT, where Theater is"),
        (["--to", "h:1"], "--to needs --listen PORT, which clients connect to"),
        (["--record", "f"], "--record needs --listen PORT and --to HOST:PORT"),
        (
            ["--read", "f", "--record", "g", "--listen", "1"],
            "--read does not relay, so it does not go with --listen, --record"
        ),
    ])
    func combinations(_ arguments: [String], _ expected: String) throws {
        guard case .run(let options) = try Options.table.parse(arguments) else { return }
        do {
            _ = try Mode(options)
            Issue.record("accepted")
        } catch {
            #expect(error.reason == .conflictingOptions)
            #expect(error.description == expected)
        }
    }
}
