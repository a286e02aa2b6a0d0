/// Any JSON value; integers stay exact over the whole range of `Int64` and `UInt64`.
public enum JSONValue: Sendable, Equatable {
    /// The literal `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number without fraction or exponent that fits `Int64`.
    case integer(Int64)
    /// Only for values above `Int64.max`.
    case unsigned(UInt64)
    /// Every other number; never infinite when it was parsed. Infinity and NaN are written `null`.
    case double(Double)
    /// Text; compared by Unicode's canonical equivalence, like `String`.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object with its members in the order they came.
    case object(JSONObject)
}

extension JSONValue {
    /// Reads strict RFC 8259: UTF-8, depth ≤ 128, no duplicate names, no trailing bytes.
    ///
    /// - Parameter bytes: The whole text; white space around the value is allowed.
    /// - Throws: `JSONError` with the place of the first fault; numbers too large for
    ///   `Double` are one.
    public init(parsing bytes: [UInt8]) throws(JSONError) {
        var reader = JSONReader(bytes)
        do throws(JSONFault) {
            self = try reader.readValue()
            try reader.readEnd()
        } catch {
            throw error.error
        }
    }

    /// Compact text: no white space, no raw newline, members in their order.
    ///
    /// - Returns: UTF-8 bytes.
    public func encoded() -> [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return writer.bytes
    }

    /// The text of a string, `nil` for every other value.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The value of an integer that fits `Int`, `nil` for every other value.
    public var int: Int? {
        if case .integer(let number) = self { Int(exactly: number) } else { nil }
    }

    /// The value of a boolean, `nil` for every other value.
    public var bool: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    /// The elements of an array, `nil` for every other value.
    public var array: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The object, `nil` for every other value.
    public var object: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }
}
