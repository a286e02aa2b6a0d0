/// A typed value of an actor: its state since 2026-03, what its calls take and give since 2026-04.
///
/// It comes as JSON in a reply and in a binary form within events (wire reference §9, §9.1); both
/// give the same value. Equality is that of the parts, so NaN differs from itself.
public enum PackValue: Sendable, Equatable {
    /// A truth value.
    case bool(Bool)
    /// Unsigned, 8 bits.
    case u8(UInt8)
    /// Unsigned, 16 bits.
    case u16(UInt16)
    /// Unsigned, 32 bits.
    case u32(UInt32)
    /// Unsigned, 64 bits.
    case u64(UInt64)
    /// Signed, 8 bits.
    case s8(Int8)
    /// Signed, 16 bits.
    case s16(Int16)
    /// Signed, 32 bits.
    case s32(Int32)
    /// Signed, 64 bits.
    case s64(Int64)
    /// Floating point, 32 bits.
    case f32(Float)
    /// Floating point, 64 bits.
    case f64(Double)
    /// A Unicode scalar.
    case char(Unicode.Scalar)
    /// Text.
    case string(String)
    /// A set of at most 64 flags.
    case flags(UInt64)
    /// A list of `u8`, kept packed: what most states are.
    case bytes([UInt8])
    /// Every other list.
    indirect case list(elementType: PackType, [PackValue])
    /// A value or none.
    indirect case option(type: PackType, PackValue?)
    /// A success or a failure.
    indirect case result(okType: PackType, errorType: PackType, PackOutcome)
    /// Named fields in their order.
    indirect case record(typeName: String, fields: [PackField])
    /// One of several cases, with what it carries.
    indirect case variant(PackVariant)
    /// Values by place.
    case tuple([PackValue])
}

/// Which side of a result it is.
public enum PackOutcome: Sendable, Equatable {
    /// The success.
    case ok(PackValue)
    /// The failure.
    case error(PackValue)
}

/// One field of a record.
public struct PackField: Sendable, Equatable {
    /// Its name, for example `function-name`.
    public let name: String
    /// Its value.
    public let value: PackValue

    /// A field of a record.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - value: Its value.
    public init(name: String, value: PackValue) {
        self.name = name
        self.value = value
    }
}

/// One case of a variant type.
public struct PackVariant: Sendable, Equatable {
    /// The type's name.
    public let typeName: String
    /// The case's name: it says which case this is.
    public let caseName: String
    /// The case's place in its type.
    public let tag: UInt32
    /// What the case carries: mostly nothing or one value.
    public let payload: [PackValue]

    /// A case with what it carries.
    ///
    /// - Parameters:
    ///   - typeName: The type's name.
    ///   - caseName: The case's name.
    ///   - tag: The case's place in its type.
    ///   - payload: What the case carries.
    public init(typeName: String, caseName: String, tag: UInt32, payload: [PackValue]) {
        self.typeName = typeName
        self.caseName = caseName
        self.tag = tag
        self.payload = payload
    }
}

extension PackValue {
    /// The value of a record's field, nil where there is no such field or no record.
    ///
    /// - Parameter name: The field's name; of two fields with one name the last rules.
    public subscript(field name: String) -> PackValue? {
        guard case .record(_, let fields) = self else { return nil }
        return fields.last { $0.name == name }?.value
    }

    /// The text of a string, nil for every other value.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// A list in its one form: bytes where all elements are bytes.
    static func list(of elementType: PackType, _ items: [PackValue]) -> PackValue {
        guard elementType == .u8 else { return .list(elementType: elementType, items) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(items.count)
        for item in items {
            guard case .u8(let byte) = item else { return .list(elementType: .u8, items) }
            bytes.append(byte)
        }
        return .bytes(bytes)
    }
}
