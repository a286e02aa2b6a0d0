import Testing

@testable import TheaterProtocol

/// Hostile and mistaken input: an error, never a trap, never memory on trust.
@Suite struct LimitTests {
    private func fault(
        _ bytes: [UInt8], _ format: WireFormat = .plain
    ) -> WireError? {
        var decoder = MessageDecoder(format: format)
        decoder.append(bytes)
        do throws(WireError) {
            while try decoder.next(now: .zero) != nil {}
            return nil
        } catch {
            #expect(decoder.bufferedByteCount == 0)
            #expect(!decoder.isInsideMessage)
            // The fault stays, whatever comes after it.
            decoder.append([0, 0, 0, 1, 0x31])
            #expect(throws: error) { try decoder.next(now: .zero) }
            #expect(decoder.bufferedByteCount == 0)
            return error
        }
    }

    @Test(arguments: WireFormat.allCases)
    func lengths(_ format: WireFormat) {
        #expect(fault([0, 0, 0, 0], format)?.reason == .emptyFrame)
        #expect(fault([0xFF, 0xFF, 0xFF, 0xFF], format)?.reason == .frameTooLarge)
        #expect(fault([0x80, 0, 0, 0], format)?.reason == .frameTooLarge)
        #expect(fault([2, 0, 0, 1], format)?.reason == .frameTooLarge)
        #expect(fault([2, 0, 0, 0], format) == nil)
    }

    @Test func emptyFramesCanBeSkipped() throws {
        var decoder = MessageDecoder(format: .plain, emptyFrames: .skip)
        decoder.append([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0x31])
        #expect(try decoder.next(now: .zero) == [0x31])
        #expect(try decoder.next(now: .zero) == nil)
    }

    @Test func frameOfExactly32MiBAndNotOneMore() throws {
        let largest = [UInt8](repeating: 0x20, count: Limits.frameBytes)
        var encoder = MessageEncoder(format: .plain)
        let frame = try encoder.encode(largest)
        #expect(Array(frame.prefix(4)) == [2, 0, 0, 0])
        var decoder = FrameDecoder(emptyFrames: .refuse)
        decoder.append(frame)
        let range = try #require(try decoder.next())
        #expect(range.count == Limits.frameBytes)
        // The memory of a large frame goes with it.
        #expect(try decoder.next() == nil)
        #expect(decoder.bytes.capacity == 0)
        #expect(throws: WireError.self) { try encoder.encode(largest + [0x20]) }
    }

    @Test func announcedBytesAreNotAllocated() throws {
        var decoder = FrameDecoder(emptyFrames: .refuse)
        decoder.append([2, 0, 0, 0] + Array("{\"Complete\":[".utf8))
        #expect(try decoder.next() == nil)
        #expect(decoder.bytes.capacity < 1 << 10)
        for _ in 0..<100 {
            decoder.append([UInt8](repeating: 0x20, count: 1_000))
            #expect(try decoder.next() == nil)
        }
        #expect(decoder.bytes.capacity < 1 << 18)
    }

    @Test func textInPlaceOfALengthIsQuoted() {
        #expect(
            fault(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8))?.description
                == "frame length 1213486160 exceeds 33554432 bytes; "
                + "the first bytes read \"HTTP\": is this an HTTP server?")
        #expect(
            fault([0xFF, 0xFF, 0xFF, 0xFF])?.description
                == "frame length 4294967295 exceeds 33554432 bytes")
    }

    @Test(arguments: [
        "\"ListActors\"", "{}", "[]", "{\"Complete\":[300]}", "{\"Complete\":\"x\"}", "x",
        "{\"Complete\":[1],\"Complete\":[1]}", "{\"Complete\":[1],\"other\":1}",
        "{\"other\":1,\"Complete\":[1]}", "{\"Complete\":[1]} x", "{\"Complete\":[1]",
        "{\"Fragment\":{}}", "\"Complete\"",
        "{\"Fragment\":{\"message_id\":1,\"fragment_index\":0,\"total_fragments\":1}}",
        "{\"Fragment\":{\"message_id\":1,\"fragment_index\":0,\"total_fragments\":1,\"data\":\"*\"}}",
        "{\"Fragment\":{\"message_id\":-1,\"fragment_index\":0,\"total_fragments\":1,\"data\":\"\"}}",
        "{\"Fragment\":{\"message_id\":1,\"fragment_index\":0,\"total_fragments\":4294967296,\"data\":\"\"}}",
    ])
    func envelopes(_ text: String) throws {
        var encoder = MessageEncoder(format: .plain)
        let frame = try encoder.encode(Array(text.utf8))
        #expect(fault(frame, .fragmenting)?.reason == .invalidEnvelope)
    }

    /// Found by fuzzing: the place of a bare name was counted from another text.
    @Test(arguments: [0, 1, 5])
    func placeInAnEnvelopeDoesNotDependOnTheBuffer(_ emptyFrames: Int) throws {
        var decoder = MessageDecoder(format: .fragmenting, emptyFrames: .skip)
        decoder.append([UInt8](repeating: 0, count: 4 * emptyFrames))
        decoder.append([0, 0, 0, 13] + Array(" \"ListActors\"".utf8))
        let fault = #expect(throws: WireError.self) { try decoder.next(now: .zero) }
        #expect(
            fault?.description == "invalid envelope: neither Complete nor Fragment at byte 1")
    }

    @Test func envelopeInAnyLayoutIsRead() throws {
        var encoder = MessageEncoder(format: .plain)
        for text in [
            " { \"Complete\" : [ 34 , 120,\n34 ] } ",
            "{\"Fragment\":{\"data\":\"Ing\\u0069\",\"x\":[{}],\"total_fragments\":1,"
                + "\"fragment_index\":0,\"message_id\":18446744073709551615}}",
        ] {
            let frame = try encoder.encode(Array(text.utf8))
            #expect(try WireFormat.fragmenting.messages(in: frame) == [Array("\"x\"".utf8)])
        }
    }

    @Test(arguments: WireFormat.allCases)
    func randomBytesNeverTrap(_ format: WireFormat) throws {
        let seed = UInt64.random(in: 0..<1 << 32)
        print("random bytes, seed \(seed)")
        var generator = SplitMix64(seed: seed)
        for _ in 0..<50_000 {
            let count = Int.random(in: 0..<24, using: &generator)
            let bytes = generator.bytes(count: count)
            var decoder = MessageDecoder(format: format)
            // Half of them get past the prefix.
            if Bool.random(using: &generator) { decoder.append([0, 0, 0, UInt8(count)]) }
            decoder.append(bytes)
            while let message = try? decoder.next(now: .zero) { interpret(message) }
            interpret(bytes)
        }
    }

    @Test func alteredMessagesNeverTrap() throws {
        let seed = UInt64.random(in: 0..<1 << 32)
        print("altered messages, seed \(seed)")
        var generator = SplitMix64(seed: seed)
        let texts = [
            "{\"Complete\":[34,1,255,0]}",
            "{\"Fragment\":{\"message_id\":1,\"fragment_index\":0,\"total_fragments\":2,\"data\":\"Ingi\"}}",
            "{\"ActorEvent\":{\"event\":{\"hash\":[1],\"parent_hash\":null,\"event_type\":\"\\ud83d\\ude00\","
                + "\"data\":[1,2],\"timestamp\":1e3}}}",
            "{\"ActorList\":{\"actors\":[[\"550e8400-e29b-41d4-a716-446655440000\",\"n\"]]}}",
            "{\"ActorResult\":{\"Error\":{\"actor_id\":\"x\",\"error\":{\"Internal\":[]}}}}",
        ].map { Array($0.utf8) }
        for _ in 0..<20_000 {
            var bytes = texts[Int.random(in: 0..<texts.count, using: &generator)]
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                let other = texts[Int.random(in: 0..<texts.count, using: &generator)]
                bytes[index] = other[Int.random(in: 0..<other.count, using: &generator)]
            }
            if Bool.random(using: &generator) {
                bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator))
            }
            var decoder = MessageDecoder(format: .fragmenting)
            decoder.append([0, 0, 0, UInt8(truncatingIfNeeded: bytes.count)] + bytes)
            while let message = try? decoder.next(now: .zero) { interpret(message) }
            interpret(bytes)
        }
    }

    /// Whatever is read can be written and read again.
    private func interpret(_ bytes: [UInt8]) {
        if let value = try? JSONValue(parsing: bytes) {
            #expect((try? JSONValue(parsing: value.encoded())) == value)
        }
        if let message = try? ServerMessage(decoding: bytes) {
            #expect((try? ServerMessage(decoding: message.encoded(as: .june2025))) != nil)
        }
        if let command = try? Command(decoding: bytes, era: .june2025) {
            #expect((try? Command(decoding: command.encoded(), era: .june2025)) == command)
        }
        _ = Base64.decode(bytes)
    }
}
