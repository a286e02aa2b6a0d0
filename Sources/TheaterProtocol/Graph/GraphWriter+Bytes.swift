// The parts of a graph's nodes, little-endian.

extension [UInt8] {
    mutating func append(integer number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }

    mutating func append(text: String) {
        append(integer: UInt32(text.utf8.count))
        append(contentsOf: text.utf8)
    }

    mutating func append(type: PackType) {
        switch type {
        case .list(let element):
            append(0x07)
            append(type: element)
        case .variant(let name):
            append(0x08)
            append(text: name)
        case .record(let name):
            append(0x09)
            append(text: name)
        case .option(let wrapped):
            append(0x0A)
            append(type: wrapped)
        case .tuple(let types):
            append(0x0B)
            append(integer: UInt32(types.count))
            types.forEach { append(type: $0) }
        case .result(let ok, let error):
            append(0x14)
            append(type: ok)
            append(type: error)
        default:
            append(PackType.simple.first { $0.type == type }?.tag ?? 0)
        }
    }

    /// Appends a value without parts; returns its type and tag, nil for a value with parts.
    mutating func append(simple value: PackValue) -> (type: PackType, tag: UInt8)? {
        let type: PackType
        switch value {
        case .bool(let flag): (type, _) = (.bool, append(flag ? 1 : 0))
        case .u8(let number): (type, _) = (.u8, append(number))
        case .u16(let number): (type, _) = (.u16, append(integer: number))
        case .u32(let number): (type, _) = (.u32, append(integer: number))
        case .u64(let number): (type, _) = (.u64, append(integer: number))
        case .s8(let number): (type, _) = (.s8, append(integer: number))
        case .s16(let number): (type, _) = (.s16, append(integer: number))
        case .s32(let number): (type, _) = (.s32, append(integer: number))
        case .s64(let number): (type, _) = (.s64, append(integer: number))
        case .f32(let number): (type, _) = (.f32, append(integer: number.bitPattern))
        case .f64(let number): (type, _) = (.f64, append(integer: number.bitPattern))
        case .char(let scalar): (type, _) = (.char, append(integer: scalar.value))
        case .string(let text): (type, _) = (.string, append(text: text))
        case .flags(let bits): (type, _) = (.flags, append(integer: bits))
        default: return nil
        }
        return PackType.simple.first { $0.type == type }.map { ($0.type, $0.tag) }
    }
}
