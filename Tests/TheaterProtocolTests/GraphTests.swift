import Testing

@testable import TheaterProtocol

/// Hostile graphs: an error with its reason, never a trap, never memory or time on trust.
@Suite struct GraphTests {
    private static func node(_ kind: UInt8, _ content: [UInt8]) -> [UInt8] {
        var node: [UInt8] = [kind, 0, 0, 0]
        node.append(integer: UInt32(content.count))
        return node + content
    }

    private static func graph(_ nodes: [[UInt8]], root: UInt32 = 0) -> [UInt8] {
        var graph = GraphWriter.magic + [2, 0, 0, 0]
        graph.append(integer: UInt32(nodes.count))
        graph.append(integer: root)
        return graph + nodes.joined()
    }

    private static func tuple(_ children: [UInt32]) -> [UInt8] {
        var content: [UInt8] = []
        content.append(integer: UInt32(children.count))
        for child in children { content.append(integer: child) }
        return node(0x0B, content)
    }

    private static let byte = node(0x0C, [7])

    @Test func recordedGraphIsWrittenAlike() throws {
        let events = try Recording.messages(of: .july2026).flatMap(\.events)
        #expect(events.count == 3)
        for event in events {
            #expect(try PackValue(decoding: event.data).encoded() == event.data)
        }
    }

    private static let refusals: [([UInt8], PackError.Reason)] = [
        ([], PackError.Reason.notAGraph),
        (Array("CGRX".utf8) + [2, 0, 0, 0], .notAGraph),
        (Array("CGRF".utf8) + [3, 0, 0, 0], .notAGraph),
        (Array("CGRF".utf8) + [2, 0, 1, 0], .notAGraph),
        (Array("CGRF".utf8) + [2, 0], .truncated),
        (Array("CGRF".utf8) + [2, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0], .truncated),
        (graph([]), .childOutOfRange),
        (graph([byte], root: 1), .childOutOfRange),
        (graph([byte]) + [0], .trailingBytes),
        (Array(graph([byte]).dropLast()), .truncated),
        (graph([node(0x0C, [1, 2])]), .trailingBytes),
        (graph([node(0x0C, [])]), .truncated),
        (graph([node(0x00, [])]), .invalidNode),
        (graph([node(0x16, [])]), .invalidNode),
        (graph([node(0x01, [2])]), .invalidNode),
        (graph([node(0x12, [0, 0xD8, 0, 0])]), .invalidNode),
        (graph([node(0x06, [1, 0, 0, 0, 0xFF])]), .invalidNode),
        (graph([node(0x06, [255, 255, 255, 255])]), .truncated),
        (graph([node(0x0A, [0x0C, 2])]), .invalidNode),
        (graph([node(0x0A, [0x15, 0])]), .invalidNode),
        (graph([node(0x14, [0x0C, 0x0C, 2, 0, 0, 0, 1, 0, 0, 0, 0])]), .invalidNode),
        (graph([node(0x14, [0x0C, 0x0C, 0, 0, 0, 0, 0])]), .invalidNode),
        (graph([node(0x15, [0x06, 0, 0, 0, 0])]), .invalidNode),
        (graph([node(0x15, [0x0F, 255, 255, 255, 255])]), .truncated),
        (graph([node(0x0B, [255, 255, 255, 255])]), .truncated),
        (graph([node(0x09, [0, 0, 0, 0, 255, 255, 255, 255])]), .truncated),
        (graph([node(0x0A, [0x0B, 255, 255, 255, 255, 1])]), .truncated),
        (graph([tuple([0])]), .cycle),
        (graph([tuple([1]), tuple([0])]), .cycle),
        (graph([tuple([2]), byte]), .childOutOfRange),
        // Not reached from the root, and still looked at.
        (graph([byte, tuple([1])]), .cycle),
    ]

    @Test(arguments: refusals)
    func refused(_ bytes: [UInt8], _ reason: PackError.Reason) {
        let fault = #expect(throws: PackError.self) { try PackValue(decoding: bytes) }
        #expect(fault?.reason == reason)
    }

    /// Each node holds the one behind it, or, where children come first, before it.
    @Test(arguments: [true, false])
    func depth(_ childrenComeFirst: Bool) throws {
        func nested(_ depth: Int) -> [UInt8] {
            let step: UInt32 = childrenComeFirst ? 0 : 1
            let nodes = (0..<depth - 1).map { Self.tuple([UInt32($0) + step]) }
            return childrenComeFirst
                ? Self.graph([Self.byte] + nodes, root: UInt32(depth - 1))
                : Self.graph(nodes + [Self.byte])
        }
        #expect(try PackValue(decoding: nested(128)).encoded().count == nested(128).count)
        for depth in [129, 100_000] {
            let fault = #expect(throws: PackError.self) { try PackValue(decoding: nested(depth)) }
            #expect(fault?.reason == .tooDeep)
        }
    }

    @Test func typesAreBoundedToo() {
        let lists = [UInt8](repeating: 0x07, count: 1_000_000)
        let fault = #expect(throws: PackError.self) {
            try PackValue(decoding: Self.graph([Self.node(0x0A, lists)]))
        }
        #expect(fault?.reason == .tooDeep)
    }

    @Test func sharedNodes() throws {
        let pair = Self.graph([Self.byte, Self.tuple([0, 0])], root: 1)
        #expect(try PackValue(decoding: pair) == .tuple([.u8(7), .u8(7)]))
        // Each level doubles the value: 2¹⁰⁰ bytes, if it were believed.
        let levels = (0..<100).map { Self.tuple([UInt32($0), UInt32($0)]) }
        let fault = #expect(throws: PackError.self) {
            try PackValue(decoding: Self.graph([Self.byte] + levels, root: 100))
        }
        #expect(fault?.reason == .tooLarge)
    }

    @Test func listsOfBytesInNodesOfTheirOwn() throws {
        var content: [UInt8] = [0x0C]
        content.append(integer: UInt32(2))
        content.append(integer: UInt32(1))
        content.append(integer: UInt32(1))
        let graph = Self.graph([Self.node(0x07, content), Self.byte])
        #expect(try PackValue(decoding: graph) == .bytes([7, 7]))
    }

    @Test func largeBytes() throws {
        let bytes = [UInt8](repeating: 5, count: 1 << 20)
        #expect(try PackValue(decoding: PackValue.bytes(bytes).encoded()) == .bytes(bytes))
    }

    @Test func alteredGraphsNeverTrap() {
        let seed = UInt64.random(in: 0..<1 << 32)
        print("altered graphs, seed \(seed)")
        var generator = SplitMix64(seed: seed)
        let graphs = PackValueTests.values.map { $0.1.encoded() }
        for _ in 0..<20_000 {
            var bytes = graphs[Int.random(in: 0..<graphs.count, using: &generator)]
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[index] = UInt8.random(in: 0...24, using: &generator)
            }
            guard let value = try? PackValue(decoding: bytes) else { continue }
            #expect((try? PackValue(decoding: value.encoded()))?.encoded() == value.encoded())
        }
    }
}
