/// The binary form of a value: what is read can be written, read again, and is the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    withInput(start, count) { bytes in
        _ = EventPayload(data: bytes).logMessage
        guard let value = try? PackValue(decoding: bytes) else { return }
        let written = value.encoded()
        // A node that several share is written once for each.
        precondition(written.count <= bytes.count * 16, "it outgrew its bytes")
        guard let again = try? PackValue(decoding: written) else {
            preconditionFailure("a value written is not read")
        }
        // Bytes, because NaN differs from itself.
        precondition(again.encoded() == written, "another value")
        guard let fromJSON = try? PackValue(json: value.json) else {
            preconditionFailure("JSON written is not read")
        }
        precondition(fromJSON.json == value.json, "another JSON")
    }
}
