import Testing

@testable import TheaterProtocol

@Suite struct FragmentTests {
    private func fragment(
        _ id: UInt64, _ index: UInt32, of total: UInt32, _ text: String = "x"
    ) -> Fragment {
        Fragment(messageID: id, index: index, total: total, data: Array(text.utf8))
    }

    @Test func anyOrderAndInterleaved() throws {
        var assembler = FragmentAssembler()
        #expect(try assembler.add(fragment(1, 2, of: 3, "c"), now: .zero) == nil)
        #expect(try assembler.add(fragment(2, 1, of: 2, "B"), now: .zero) == nil)
        #expect(try assembler.add(fragment(1, 0, of: 3, "a"), now: .zero) == nil)
        #expect(assembler.byteCount == 3)
        #expect(try assembler.add(fragment(2, 0, of: 2, "A"), now: .zero) == Array("AB".utf8))
        #expect(try assembler.add(fragment(1, 1, of: 3, "b"), now: .zero) == Array("abc".utf8))
        #expect(assembler.isEmpty)
        #expect(assembler.byteCount == 0)
    }

    @Test func contradictionsAreRefused() throws {
        var assembler = FragmentAssembler()
        for (index, total) in [(0, 0), (1, 1), (5, 1), (UInt32.max, 2)] as [(UInt32, UInt32)] {
            #expect(throws: WireError.self) {
                try assembler.add(fragment(1, index, of: total), now: .zero)
            }
        }
        #expect(throws: WireError.self) { try assembler.add(fragment(1, 0, of: 2, ""), now: .zero) }
        #expect(assembler.isEmpty)
        #expect(try assembler.add(fragment(1, 0, of: 3), now: .zero) == nil)
        var other = assembler
        #expect(throws: WireError.self) { try assembler.add(fragment(1, 0, of: 3), now: .zero) }
        #expect(throws: WireError.self) { try other.add(fragment(1, 1, of: 2), now: .zero) }
    }

    @Test func hugeTotalIsRefusedAtOnce() {
        var assembler = FragmentAssembler()
        #expect(throws: WireError.self) {
            try assembler.add(fragment(1, 0, of: 1 << 31), now: .zero)
        }
        #expect(throws: WireError.self) {
            try assembler.add(fragment(1, 0, of: 65_537), now: .zero)
        }
    }

    @Test func sixteenPartialMessagesAndNotOneMore() throws {
        var assembler = FragmentAssembler()
        for id in 1...16 {
            #expect(try assembler.add(fragment(UInt64(id), 0, of: 2), now: .zero) == nil)
        }
        #expect(try assembler.add(fragment(99, 0, of: 1), now: .seconds(31)) == Array("x".utf8))
        #expect(assembler.isEmpty)
        for id in 1...16 {
            #expect(try assembler.add(fragment(UInt64(id), 0, of: 2), now: .zero) == nil)
        }
        #expect(throws: WireError.self) { try assembler.add(fragment(17, 0, of: 2), now: .zero) }
    }

    @Test func bytesOfAllPartialMessagesAreBounded() throws {
        var assembler = FragmentAssembler()
        let data = [UInt8](repeating: 0, count: 64 << 20)
        for id in 1...4 as ClosedRange<UInt64> {
            let piece = Fragment(messageID: id, index: 0, total: 2, data: data)
            #expect(try assembler.add(piece, now: .zero) == nil)
        }
        #expect(assembler.byteCount == Limits.messageBytes)
        let fault = #expect(throws: WireError.self) {
            try assembler.add(fragment(1, 1, of: 2), now: .zero)
        }
        #expect(fault?.reason == .messageTooLarge)
    }

    @Test func incompleteMessageExpires() throws {
        var encoder = MessageEncoder(format: .fragmenting, fragmentBytes: 2)
        let frames = try encoder.encode(Array("abcd".utf8))
        var decoder = MessageDecoder(format: .fragmenting)
        decoder.append(Array(frames.prefix(frames.count / 2)))
        #expect(try decoder.next(now: .seconds(5)) == nil)
        #expect(decoder.isInsideMessage)
        #expect(try decoder.next(now: .seconds(34)) == nil)
        #expect(decoder.isInsideMessage)
        #expect(try decoder.next(now: .seconds(35)) == nil)
        #expect(!decoder.isInsideMessage)
        #expect(decoder.bufferedByteCount == 0)
        // What follows begins a message that can never finish.
        decoder.append(Array(frames.suffix(frames.count / 2)))
        #expect(try decoder.next(now: .seconds(36)) == nil)
        #expect(decoder.isInsideMessage)
    }

    @Test func encoderCountsFragmentedMessagesOnly() throws {
        var encoder = MessageEncoder(format: .fragmenting, fragmentBytes: 4)
        #expect(try encoder.encode(Array("abcd".utf8)).dropFirst(4).starts(with: "{\"C".utf8))
        for id in 1...2 {
            let frames = try encoder.encode(Array("abcde".utf8))
            let head =
                "{\"Fragment\":{\"message_id\":\(id),\"fragment_index\":0,\"total_fragments\":2,"
                + "\"data\":\"YWJjZA==\"}}"
            #expect(Array(frames.prefix(4 + head.utf8.count).dropFirst(4)) == Array(head.utf8))
        }
    }

    @Test func encoderKeepsToTheLimits() {
        var tiny = MessageEncoder(format: .fragmenting, fragmentBytes: 0)
        #expect(throws: WireError.self) { try tiny.encode([UInt8](repeating: 0, count: 65_537)) }
        var large = MessageEncoder(format: .fragmenting)
        let message = [UInt8](repeating: 0, count: Limits.messageBytes + 1)
        let fault = #expect(throws: WireError.self) { try large.encode(message) }
        #expect(fault?.reason == .messageTooLarge)
    }
}
