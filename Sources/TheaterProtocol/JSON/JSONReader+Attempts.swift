extension JSONReader {
    /// Reads what may have another shape: then the answer is nil, and nothing is consumed.
    mutating func readIfShaped<Value>(
        _ read: (inout JSONReader) throws(JSONFault) -> Value
    ) throws(JSONFault) -> Value? {
        var attempt = self
        do throws(JSONFault) {
            let value = try read(&attempt)
            self = attempt
            return value
        } catch {
            guard error.kind == .shape else { throw error }
            return nil
        }
    }

    /// Bytes where all elements of the array are bytes, else nil.
    mutating func readIfBytes() throws(JSONFault) -> [UInt8]? {
        try readIfShaped { (reader) throws(JSONFault) in try reader.readByteArray() }
    }
}
