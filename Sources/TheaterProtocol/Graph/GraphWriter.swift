/// Writes values in their binary form as the server does: children first, no node shared.
struct GraphWriter {
    static let magic = Array("CGRF".utf8)
    static let version: UInt16 = 2

    private var nodes: [UInt8] = []
    private var nodeCount: UInt32 = 0

    /// The whole graph of one value.
    static func bytes(of value: PackValue) -> [UInt8] {
        var writer = GraphWriter()
        let root = writer.write(value)
        var output = magic
        output.append(integer: version)
        output.append(integer: UInt16(0))
        output.append(integer: writer.nodeCount)
        output.append(integer: root)
        return output + writer.nodes
    }

    /// Writes the node of a value behind those of its parts; returns its number.
    private mutating func write(_ value: PackValue) -> UInt32 {
        var content: [UInt8] = []
        let kind: UInt8
        switch value {
        case .bytes(let bytes):
            kind = 0x15
            content.append(type: .u8)
            content.append(integer: UInt32(bytes.count))
            content += bytes
        case .list(let type, let items):
            kind = list(of: type, items, to: &content)
        case .variant(let variant):
            kind = 0x08
            content.append(text: variant.typeName)
            content.append(text: variant.caseName)
            content.append(integer: variant.tag)
            append(variant.payload, to: &content)
        case .record(let typeName, let fields):
            kind = 0x09
            content.append(text: typeName)
            content.append(integer: UInt32(fields.count))
            fields.forEach { content.append(text: $0.name) }
            for field in fields { content.append(integer: write(field.value)) }
        case .option(let type, let value):
            kind = 0x0A
            content.append(type: type)
            content.append(value == nil ? 0 : 1)
            if let value { content.append(integer: write(value)) }
        case .tuple(let items):
            kind = 0x0B
            append(items, to: &content)
        case .result(let okType, let errorType, let outcome):
            kind = 0x14
            content.append(type: okType)
            content.append(type: errorType)
            let (tag, value): (UInt32, PackValue) =
                switch outcome {
                case .ok(let value): (0, value)
                case .error(let value): (1, value)
                }
            content.append(integer: tag)
            content.append(1)
            content.append(integer: write(value))
        default:
            kind = content.append(simple: value)?.tag ?? 0
        }
        return add(kind, content)
    }

    private mutating func list(
        of type: PackType, _ items: [PackValue], to content: inout [UInt8]
    ) -> UInt8 {
        content.append(type: type)
        var packed: [UInt8] = []
        if let width = PackType.simple.first(where: { $0.type == type })?.width,
            items.allSatisfy({ packed.append(simple: $0)?.type == type }),
            packed.count == items.count * width
        {
            content.append(integer: UInt32(items.count))
            content += packed
            return 0x15
        }
        append(items, to: &content)
        return 0x07
    }

    private mutating func append(_ items: [PackValue], to content: inout [UInt8]) {
        content.append(integer: UInt32(items.count))
        for item in items { content.append(integer: write(item)) }
    }

    private mutating func add(_ kind: UInt8, _ content: [UInt8]) -> UInt32 {
        nodes += [kind, 0, 0, 0]
        nodes.append(integer: UInt32(content.count))
        nodes += content
        nodeCount += 1
        return nodeCount - 1
    }
}

extension PackValue {
    /// Reads the binary form, CGRF version 2 (wire reference §9.1), strictly.
    ///
    /// - Parameter bytes: The whole graph.
    /// - Throws: `PackError`; a cycle, a reference to nowhere, a length beyond the bytes, bytes
    ///   behind the end and nesting beyond `Limits.graphDepth` are refused.
    public init(decoding bytes: [UInt8]) throws(PackError) {
        var reader = try GraphReader(bytes)
        self = try reader.value()
    }

    /// The binary form, as the server writes it.
    ///
    /// - Returns: CGRF version 2.
    public func encoded() -> [UInt8] {
        GraphWriter.bytes(of: self)
    }
}
