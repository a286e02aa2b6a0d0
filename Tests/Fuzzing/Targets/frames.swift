/// A stream in both formats: the same messages or the same fault, however it is cut.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    withInput(start, count) { bytes in
        guard let first = bytes.first else { return }
        let stream = Array(bytes.dropFirst())
        for format in WireFormat.allCases {
            let whole = messages(stream, format, chunk: stream.count)
            let cut = messages(stream, format, chunk: Int(first) + 1)
            precondition(whole.messages == cut.messages, "other messages")
            precondition(whole.error == cut.error, "another fault")
        }
    }
}

private func messages(
    _ stream: [UInt8], _ format: WireFormat, chunk: Int
) -> (messages: [[UInt8]], error: WireError?) {
    var decoder = MessageDecoder(format: format, emptyFrames: .skip)
    var messages: [[UInt8]] = []
    var start = 0
    do throws(WireError) {
        while start < stream.count {
            let end = min(start + chunk, stream.count)
            decoder.append(Array(stream[start..<end]))
            while let message = try decoder.next(now: .zero) { messages.append(message) }
            precondition(decoder.bufferedByteCount <= end, "more is held than came")
            start = end
        }
        return (messages, nil)
    } catch {
        precondition(decoder.bufferedByteCount == 0, "bytes are held after a fault")
        return (messages, error)
    }
}
