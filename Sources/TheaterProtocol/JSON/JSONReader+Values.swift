extension JSONReader {
    /// Any value; recursion is bounded by the depth that arrays and objects count.
    mutating func readValue() throws(JSONFault) -> JSONValue {
        switch peek() {
        case UInt8(ascii: "{"):
            var object = JSONObject()
            try readObject { (name, reader) throws(JSONFault) in
                object.appendUnchecked(name: name, value: try reader.readValue())
            }
            return .object(object)
        case UInt8(ascii: "["):
            var elements: [JSONValue] = []
            try readArray { (reader) throws(JSONFault) in
                elements.append(try reader.readValue())
            }
            return .array(elements)
        case UInt8(ascii: "\""):
            return .string(try readString())
        case UInt8(ascii: "t"), UInt8(ascii: "f"):
            return .bool(try readBool())
        case UInt8(ascii: "n"):
            try readNull()
            return .null
        default:
            return try readNumber()
        }
    }

    /// Checks any value as strictly as `readValue` and drops it.
    mutating func skipValue() throws(JSONFault) {
        switch peek() {
        case UInt8(ascii: "{"):
            try readObject { (_, reader) throws(JSONFault) in try reader.skipValue() }
        case UInt8(ascii: "["):
            try readArray { (reader) throws(JSONFault) in try reader.skipValue() }
        case UInt8(ascii: "\""):
            _ = try readString()
        case UInt8(ascii: "t"), UInt8(ascii: "f"):
            _ = try readBool()
        case UInt8(ascii: "n"):
            try readNull()
        default:
            _ = try readNumber()
        }
    }
}
