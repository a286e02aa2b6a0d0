// The types that members of commands and replies have (wire reference §3, §9).

extension Field where Value == String {
    static func string(_ name: String) -> Field {
        Field(name) { (reader) throws(JSONFault) in try reader.readString() }
    }
}

extension Field where Value == Bool {
    static func bool(_ name: String) -> Field {
        Field(name) { (reader) throws(JSONFault) in try reader.readBool() }
    }
}

extension Field where Value == UInt64 {
    static func integer(_ name: String) -> Field {
        Field(name) { (reader) throws(JSONFault) in try reader.readUInt64() }
    }
}

extension Field where Value == [UInt8] {
    static func bytes(_ name: String) -> Field {
        Field(name) { (reader) throws(JSONFault) in try reader.readByteArray() }
    }

    static func base64(_ name: String) -> Field {
        Field(name) { (reader) throws(JSONFault) in try reader.readBase64() }
    }
}

extension Field where Value == JSONValue {
    static func json(_ name: String) -> Field {
        Field(name) { (reader) throws(JSONFault) in try reader.readValue() }
    }
}

extension Field where Value == ActorID {
    static func actorID(_ name: String) -> Field {
        Field(name) { (reader) throws(JSONFault) in try reader.readActorID() }
    }
}

extension Field where Value == SubscriptionID {
    static func subscriptionID(_ name: String) -> Field {
        Field(name) { (reader) throws(JSONFault) in
            _ = reader.peek()
            let start = reader.position
            guard let id = SubscriptionID(try reader.readString()) else {
                throw reader.shape("expected a UUID", at: start)
            }
            return id
        }
    }
}

extension Field where Value == ChannelID {
    static func channelID(_ name: String) -> Field {
        Field(name) { (reader) throws(JSONFault) in ChannelID(try reader.readString()) }
    }
}

extension JSONReader {
    mutating func readActorID() throws(JSONFault) -> ActorID {
        _ = peek()
        let start = position
        guard let id = ActorID(try readString()) else { throw shape("expected a UUID", at: start) }
        return id
    }
}

extension JSONWriter {
    mutating func writeMember(_ name: String, _ text: String) {
        writeName(name)
        write(text)
    }

    mutating func writeMember(_ name: String, _ flag: Bool) {
        writeMember(name, .bool(flag))
    }

    mutating func writeMember(_ name: String, _ content: [UInt8]) {
        writeName(name)
        write(content)
    }

    mutating func writeMember(_ name: String, _ content: [UInt8]?) {
        writeName(name)
        if let content { write(content) } else { writeNull() }
    }

    mutating func writeMember(_ name: String, _ value: JSONValue) {
        writeName(name)
        write(value)
    }

    mutating func writeMember(_ name: String, _ id: ActorID) {
        writeMember(name, id.description)
    }

    /// `{"Name":{…}}`, the form of a struct variant.
    mutating func writeVariant(_ name: String, _ members: (inout JSONWriter) -> Void) {
        writeObject { writer in
            writer.writeName(name)
            writer.writeObject(members)
        }
    }
}
