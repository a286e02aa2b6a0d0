extension JSONReader {
    /// An array of integers 0…255, the wire form of bytes (wire reference §3).
    ///
    /// The hot path of every state read: a `Complete` frame is one such array.
    mutating func readByteArray() throws(JSONFault) -> [UInt8] {
        guard consume(UInt8(ascii: "[")) else { throw mismatch("an array of bytes") }
        var result: [UInt8] = []
        if consume(UInt8(ascii: "]")) { return result }
        while true {
            position = ByteArrayText.decodeCompactRun(
                bytes, in: position..<end, appendingTo: &result)
            result.append(try readByte())
            if consume(UInt8(ascii: "]")) { return result }
            guard consume(UInt8(ascii: ",")) else { throw syntax(unexpected()) }
        }
    }

    /// One element, with white space before it: what the compact run left over.
    private mutating func readByte() throws(JSONFault) -> UInt8 {
        let start = position
        let number = try readUInt64()
        guard let byte = UInt8(exactly: number) else { throw shape("byte above 255", at: start) }
        return byte
    }
}
