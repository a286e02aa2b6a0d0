/// Reads the binary form of a value, CGRF version 2 (wire reference §9.1).
///
/// ```
///  "CGRF" │ version 2 │ flags │ nodes │ root │ node 0 │ node 1 │ …
///                                              └ kind, 3 × 0, length, content with children's numbers
/// ```
///
/// The graph must be free of cycles; each node is read once, and a node that several others share
/// counts for each: the value may be at most `expansion` times as large as its bytes. Memory
/// follows the bytes that are there, never a count they announce.
struct GraphReader {
    /// A node's kind, the place of its content, and what came of it.
    private struct Node {
        let kind: UInt8
        let content: Range<Int>
        var state = State.unread
    }

    private enum State {
        case unread
        case reading
        case read(Reading)
    }

    /// A value with its height as a tree and its size if no node were shared.
    struct Reading {
        var value: PackValue
        var height: Int
        var byteCount: Int
    }

    private let bytes: [UInt8]
    private var nodes: [Node] = []
    private let root: Int

    /// Header of a node.
    private static let nodeBytes = 8
    /// The server's own writer shares no nodes: a value is as large as its bytes.
    private static let expansion = 8

    /// Finds the nodes without looking into them.
    init(_ bytes: [UInt8]) throws(PackError) {
        self.bytes = bytes
        var cursor = GraphCursor(bytes, in: 0..<bytes.count)
        guard bytes.starts(with: GraphWriter.magic) else {
            throw PackError(.notAGraph, "the bytes do not begin with CGRF")
        }
        _ = try cursor.take(GraphWriter.magic.count)
        let version: UInt16 = try cursor.integer()
        let flags: UInt16 = try cursor.integer()
        guard version == GraphWriter.version, flags == 0 else {
            throw PackError(.notAGraph, "version \(version) with flags \(flags)")
        }
        let announced: UInt32 = try cursor.integer()
        root = Int(try cursor.integer(UInt32.self))
        guard Int(announced) <= cursor.remaining / Self.nodeBytes else {
            throw PackError(
                .truncated, "\(announced) nodes announced in \(cursor.remaining) bytes")
        }
        nodes.reserveCapacity(Int(announced))
        for _ in 0..<announced {
            let kind: UInt8 = try cursor.integer()
            _ = try cursor.take(3)
            let length: UInt32 = try cursor.integer()
            nodes.append(Node(kind: kind, content: try cursor.take(Int(length))))
        }
        try cursor.readEnd()
    }

    /// The value at the root; nodes nobody refers to are checked too.
    mutating func value() throws(PackError) -> PackValue {
        // Children come first in what the server writes, so this hardly ever descends.
        for index in nodes.indices {
            _ = try read(index, depth: 1)
        }
        return try read(root, depth: 1).value
    }

    /// The value of one node, read now or before.
    mutating func read(_ index: Int, depth: Int) throws(PackError) -> Reading {
        guard nodes.indices.contains(index) else {
            throw PackError(.childOutOfRange, "node \(index) of \(nodes.count)")
        }
        switch nodes[index].state {
        case .read(let reading): return reading
        case .reading: throw PackError(.cycle, "node \(index) contains itself")
        case .unread: break
        }
        guard depth <= Limits.graphDepth else { throw Self.tooDeep }
        nodes[index].state = .reading
        let node = nodes[index]
        var content = NodeContent(
            cursor: GraphCursor(bytes, in: node.content), depth: depth,
            byteCount: Self.nodeBytes + node.content.count)
        let value = try self.value(of: node.kind, &content)
        try content.cursor.readEnd()
        guard content.height <= Limits.graphDepth else { throw Self.tooDeep }
        guard content.byteCount <= bytes.count * Self.expansion else {
            throw PackError(.tooLarge, "shared nodes make the value outgrow its bytes")
        }
        let reading = Reading(
            value: value, height: content.height, byteCount: content.byteCount)
        nodes[index].state = .read(reading)
        return reading
    }

    private static let tooDeep = PackError(
        .tooDeep, "nested deeper than \(Limits.graphDepth)")
}

/// The content of a node while it is read: place, depth, and the size that adds up.
struct NodeContent {
    var cursor: GraphCursor
    let depth: Int
    var height = 1
    var byteCount: Int
}
