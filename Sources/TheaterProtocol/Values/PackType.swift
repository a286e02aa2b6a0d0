/// The type a value of an actor has, as the server's ABI names it (wire reference §9).
public enum PackType: Sendable, Hashable {
    /// A truth value.
    case bool
    /// Unsigned, 8 bits.
    case u8
    /// Unsigned, 16 bits.
    case u16
    /// Unsigned, 32 bits.
    case u32
    /// Unsigned, 64 bits.
    case u64
    /// Signed, 8 bits.
    case s8
    /// Signed, 16 bits.
    case s16
    /// Signed, 32 bits.
    case s32
    /// Signed, 64 bits.
    case s64
    /// Floating point, 32 bits.
    case f32
    /// Floating point, 64 bits.
    case f64
    /// A Unicode scalar.
    case char
    /// Text.
    case string
    /// A set of at most 64 flags.
    case flags
    /// Any number of elements of one type.
    indirect case list(PackType)
    /// A value or none.
    indirect case option(PackType)
    /// A success or a failure.
    indirect case result(ok: PackType, error: PackType)
    /// A record, by name: its fields are told by the value alone.
    case record(String)
    /// A variant, by name: its cases are told by the value alone.
    case variant(String)
    /// One value of each type.
    case tuple([PackType])
}

extension PackType {
    /// Types without parameters: name in JSON, tag in the binary form, width in a packed array.
    ///
    /// The tags are those of the nodes that hold such a value (wire reference §9.1).
    static let simple: [(type: PackType, name: String, tag: UInt8, width: Int?)] = [
        (.bool, "Bool", 0x01, 1), (.s32, "S32", 0x02, 4), (.s64, "S64", 0x03, 8),
        (.f32, "F32", 0x04, 4), (.f64, "F64", 0x05, 8), (.string, "String", 0x06, nil),
        (.u8, "U8", 0x0C, 1), (.u16, "U16", 0x0D, 2), (.u32, "U32", 0x0E, 4),
        (.u64, "U64", 0x0F, 8), (.s8, "S8", 0x10, 1), (.s16, "S16", 0x11, 2),
        (.char, "Char", 0x12, 4), (.flags, "Flags", 0x13, 8),
    ]
}
