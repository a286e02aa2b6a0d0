/// A command as each era's server reads it: what is read can be written and is the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    withInput(start, count) { bytes in
        for era in ServerEra.allCases {
            guard let command = try? Command(decoding: bytes, era: era) else { continue }
            let text = command.encoded()
            guard let again = try? Command(decoding: text, era: era) else {
                preconditionFailure("a command written is not read")
            }
            precondition(again == command, "another command")
        }
    }
}
