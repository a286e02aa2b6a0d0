extension GraphReader {
    /// Reads the content of a node of a kind.
    mutating func value(
        of kind: UInt8, _ content: inout NodeContent
    ) throws(PackError) -> PackValue {
        if let simple = PackType.simple.first(where: { $0.tag == kind }) {
            return try content.cursor.simpleValue(simple.type)
        }
        switch kind {
        case 0x07:
            let type = try content.cursor.type()
            return .list(of: type, try children(&content))
        case 0x08: return .variant(try variant(&content))
        case 0x09: return try record(&content)
        case 0x0A:
            let type = try content.cursor.type()
            let isPresent = try content.cursor.bool()
            return .option(type: type, isPresent ? try child(&content) : nil)
        case 0x0B: return .tuple(try children(&content))
        case 0x14: return try result(&content)
        case 0x15: return try packedList(&content)
        default: throw PackError(.invalidNode, "unknown kind of node \(kind)")
        }
    }

    private mutating func variant(_ content: inout NodeContent) throws(PackError) -> PackVariant {
        PackVariant(
            typeName: try content.cursor.text(), caseName: try content.cursor.text(),
            tag: try content.cursor.integer(), payload: try children(&content))
    }

    private mutating func record(_ content: inout NodeContent) throws(PackError) -> PackValue {
        let typeName = try content.cursor.text()
        // A field takes a length and a number at least.
        let count = try content.cursor.count(ofAtLeast: 8)
        var names: [String] = []
        for _ in 0..<count {
            names.append(try content.cursor.text())
        }
        var fields: [PackField] = []
        for name in names {
            fields.append(PackField(name: name, value: try child(&content)))
        }
        return .record(typeName: typeName, fields: fields)
    }

    private mutating func result(_ content: inout NodeContent) throws(PackError) -> PackValue {
        let okType = try content.cursor.type()
        let errorType = try content.cursor.type()
        let tag: UInt32 = try content.cursor.integer()
        guard tag <= 1 else { throw PackError(.invalidNode, "\(tag) is no side of a result") }
        guard try content.cursor.bool() else {
            throw PackError(.invalidNode, "a result without a value")
        }
        let value = try child(&content)
        return .result(
            okType: okType, errorType: errorType, tag == 0 ? .ok(value) : .error(value))
    }

    /// Elements of one fixed width behind each other, without nodes of their own.
    private func packedList(_ content: inout NodeContent) throws(PackError) -> PackValue {
        let type = try content.cursor.type()
        let simple = PackType.simple.first { $0.type == type }
        guard let width = simple?.width else {
            throw PackError(.invalidNode, "a packed list of elements without a width")
        }
        let count = try content.cursor.count(ofAtLeast: width)
        if type == .u8 { return .bytes(try content.cursor.bytes(count)) }
        var items: [PackValue] = []
        items.reserveCapacity(count)
        for _ in 0..<count {
            items.append(try content.cursor.simpleValue(type))
        }
        return .list(elementType: type, items)
    }

    /// A count and as many numbers of nodes.
    private mutating func children(_ content: inout NodeContent) throws(PackError) -> [PackValue] {
        let count = try content.cursor.count(ofAtLeast: 4)
        var values: [PackValue] = []
        values.reserveCapacity(count)
        for _ in 0..<count {
            values.append(try child(&content))
        }
        return values
    }

    private mutating func child(_ content: inout NodeContent) throws(PackError) -> PackValue {
        let index = Int(try content.cursor.integer(UInt32.self))
        let reading = try read(index, depth: content.depth + 1)
        content.height = max(content.height, reading.height + 1)
        // Each child is bounded by its bytes, and so is their number: the sum cannot overflow.
        content.byteCount += reading.byteCount
        return reading.value
    }
}
