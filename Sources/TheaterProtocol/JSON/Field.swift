/// One member a struct variant has: its name, how to read it, what a missing one means.
struct Field<Value> {
    let name: String
    /// What stands for a missing member; nil makes the member required.
    let missing: Value?
    let read: (inout JSONReader) throws(JSONFault) -> Value

    init(
        _ name: String, missing: Value? = nil,
        read: @escaping (inout JSONReader) throws(JSONFault) -> Value
    ) {
        self.name = name
        self.missing = missing
        self.read = read
    }

    /// The same member where it may be missing or `null`, as an `Option` of the server.
    static func optional<Wrapped>(_ field: Field<Wrapped>) -> Field where Value == Wrapped? {
        Field(field.name, missing: .some(nil)) { (reader) throws(JSONFault) in
            guard reader.peek() == UInt8(ascii: "n") else { return try field.read(&reader) }
            try reader.readNull()
            return nil
        }
    }
}

/// Holds the value of a field while the members of an object go by.
private final class FieldSlot<Value> {
    let field: Field<Value>
    var value: Value?

    init(_ field: Field<Value>) {
        self.field = field
    }

    /// Reads the member if it is this field's.
    func take(_ name: String, from reader: inout JSONReader) throws(JSONFault) -> Bool {
        guard name == field.name else { return false }
        value = try field.read(&reader)
        return true
    }

    func finish(_ reader: JSONReader, at start: Int) throws(JSONFault) -> Value {
        guard let value = value ?? field.missing else {
            throw reader.shape("missing field `\(field.name)`", at: start)
        }
        return value
    }
}

extension JSONReader {
    /// Reads an object with these fields in any order; other members are checked and skipped.
    mutating func readFields<each Value>(
        _ field: repeat Field<each Value>
    ) throws(JSONFault) -> (repeat each Value) {
        _ = peek()
        let start = position
        let slots = (repeat FieldSlot(each field))
        try readObject { (name, reader) throws(JSONFault) in
            for slot in repeat each slots {
                if try slot.take(name, from: &reader) { return }
            }
            try reader.skipValue()
        }
        return (repeat try (each slots).finish(self, at: start))
    }

    /// Reads an enum as the server writes it: `"Name"`, or an object with that one member.
    ///
    /// A bare name is passed on as if its content were `null`, which is what unit variants have.
    mutating func readVariant<Value>(
        _ content: (String, inout JSONReader) throws(JSONFault) -> Value
    ) throws(JSONFault) -> Value {
        if peek() == UInt8(ascii: "\"") {
            let start = position
            let name = try readString()
            var null = JSONReader(Array("null".utf8))
            do throws(JSONFault) {
                return try content(name, &null)
            } catch {
                // The place is that of the name: there is no `null` in the text.
                throw JSONFault(
                    kind: error.kind, error: JSONError(reason: error.error.reason, offset: start))
            }
        }
        var result: Value?
        try readObject { (name, reader) throws(JSONFault) in
            guard result == nil else { throw reader.shape("a second variant beside the first") }
            result = try content(name, &reader)
        }
        guard let result else { throw shape("an object without a variant") }
        return result
    }
}
