/// Any JSON: what is read can be written, read again, and is the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    withInput(start, count) { bytes in
        guard let value = try? JSONValue(parsing: bytes) else { return }
        let text = value.encoded()
        guard let again = try? JSONValue(parsing: text) else {
            preconditionFailure("written JSON is not read")
        }
        precondition(again == value, "another value")
        precondition(again.encoded() == text, "another text")
    }
}
