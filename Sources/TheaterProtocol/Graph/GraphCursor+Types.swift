extension GraphCursor {
    /// A type: one tag, for some of them followed by what they are made of (wire reference §9.1).
    mutating func type(depth: Int = 1) throws(PackError) -> PackType {
        guard depth <= Limits.graphDepth else {
            throw PackError(.tooDeep, "a type nested deeper than \(Limits.graphDepth)")
        }
        let tag: UInt8 = try integer()
        if let simple = PackType.simple.first(where: { $0.tag == tag }) { return simple.type }
        switch tag {
        case 0x07: return .list(try type(depth: depth + 1))
        case 0x08: return .variant(try text())
        case 0x09: return .record(try text())
        case 0x0A: return .option(try type(depth: depth + 1))
        case 0x0B:
            var types: [PackType] = []
            for _ in 0..<(try count(ofAtLeast: 1)) {
                types.append(try type(depth: depth + 1))
            }
            return .tuple(types)
        case 0x14:
            return .result(ok: try type(depth: depth + 1), error: try type(depth: depth + 1))
        default:
            throw PackError(.invalidNode, "unknown type \(tag)")
        }
    }

    /// A value without parts: the content of a simple node, or one element of a packed array.
    mutating func simpleValue(_ type: PackType) throws(PackError) -> PackValue {
        switch type {
        case .bool: .bool(try bool())
        case .u8: .u8(try integer())
        case .u16: .u16(try integer())
        case .u32: .u32(try integer())
        case .u64: .u64(try integer())
        case .s8: .s8(try integer())
        case .s16: .s16(try integer())
        case .s32: .s32(try integer())
        case .s64: .s64(try integer())
        case .f32: .f32(Float(bitPattern: try integer()))
        case .f64: .f64(Double(bitPattern: try integer()))
        case .char: .char(try scalar())
        case .string: .string(try text())
        case .flags: .flags(try integer())
        default: throw PackError(.invalidNode, "a type with parts in a simple place")
        }
    }
}
