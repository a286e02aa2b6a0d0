/// Calls a target with what libFuzzer hands over, as bytes of Swift's own.
func withInput(
    _ start: UnsafePointer<UInt8>, _ count: Int, _ target: ([UInt8]) -> Void
) -> CInt {
    target([UInt8](UnsafeBufferPointer(start: start, count: count)))
    return 0
}
