/// One frame of the fragmenting format: what is read can be written and read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    withInput(start, count) { bytes in
        guard let envelope = try? Envelope(parsing: bytes, in: 0..<bytes.count) else { return }
        switch envelope {
        case .complete(let message):
            var text: [UInt8] = []
            Envelope.appendComplete(message, to: &text)
            precondition(text.count == Envelope.completeCount(of: message), "another length")
            guard case .complete(message) = try? Envelope(parsing: text, in: 0..<text.count) else {
                preconditionFailure("another message")
            }
        case .fragment(let fragment):
            var assembler = FragmentAssembler()
            let message = try? assembler.add(fragment, now: .zero)
            precondition(message == nil || message == fragment.data, "another message")
            precondition(assembler.byteCount <= fragment.data.count, "more is held than came")
        }
    }
}
