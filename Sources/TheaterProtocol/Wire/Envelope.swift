/// The payload of a frame in the fragmenting format (wire reference §2.3).
enum Envelope {
    case complete([UInt8])
    case fragment(Fragment)

    /// Reads a payload in place; key order is free, unknown members of a fragment are ignored.
    init(parsing bytes: [UInt8], in range: Range<Int>) throws(WireError) {
        var reader = JSONReader(bytes, in: range)
        do throws(JSONFault) {
            self = try reader.readVariant { (name, reader) throws(JSONFault) in
                switch name {
                case "Complete":
                    return .complete(try reader.readByteArray())
                case "Fragment":
                    return .fragment(try reader.readFragment())
                default:
                    throw reader.shape("neither Complete nor Fragment")
                }
            }
            try reader.readEnd()
        } catch {
            // Offsets count from the start of the payload, not of the receive buffer.
            let fault = JSONError(
                reason: error.error.reason, offset: error.error.offset - range.lowerBound)
            throw WireError(reason: .invalidEnvelope, description: "invalid envelope: \(fault)")
        }
    }

    /// Length of the payload `{"Complete":[…]}`.
    static func completeCount(of message: [UInt8]) -> Int {
        "{\"Complete\":}".utf8.count + ByteArrayText.encodedCount(of: message)
    }

    /// Appends the payload `{"Complete":[…]}`.
    static func appendComplete(_ message: [UInt8], to output: inout [UInt8]) {
        output.append(contentsOf: "{\"Complete\":".utf8)
        ByteArrayText.append(message, to: &output)
        output.append(UInt8(ascii: "}"))
    }
}

/// One piece of a message that is sent in several frames.
struct Fragment: Equatable {
    let messageID: UInt64
    let index: UInt32
    let total: UInt32
    let data: [UInt8]

    /// The payload `{"Fragment":{…}}`, members in the server's order.
    static func payload(
        messageID: UInt64, index: Int, total: Int, data: ArraySlice<UInt8>
    ) -> [UInt8] {
        let head =
            "{\"Fragment\":{\"message_id\":\(messageID),\"fragment_index\":\(index),"
            + "\"total_fragments\":\(total),\"data\":\""
        return Array(head.utf8) + Base64.encodedText(of: data) + Array("\"}}".utf8)
    }
}

extension JSONReader {
    fileprivate mutating func readFragment() throws(JSONFault) -> Fragment {
        let start = position
        let (id, index, total, data) = try readFields(
            .integer("message_id"), .integer("fragment_index"), .integer("total_fragments"),
            .base64("data"))
        guard let index = UInt32(exactly: index), let total = UInt32(exactly: total) else {
            throw shape("fragment number above 32 bits", at: start)
        }
        return Fragment(messageID: id, index: index, total: total, data: data)
    }
}
