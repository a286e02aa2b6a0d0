/// Cuts what a host writes into lines: any chunking, LF or CRLF, blank lines skipped.
struct LineFramer {
    enum Line: Equatable, Sendable {
        case message([UInt8])
        /// A line longer than the limit; its bytes were dropped as they came.
        case tooLong
    }

    /// 64 MiB: a payload of 48 MiB in base64, four times what an actor's largest frame carries.
    ///
    /// A host that never sends a newline may not fill the memory.
    static let lineBytes = 67_108_864

    private let limit: Int
    private var partial: [UInt8] = []
    private var isSkipping = false

    init(limit: Int = LineFramer.lineBytes) {
        self.limit = limit
    }

    /// The lines that `chunk` completes.
    mutating func append(_ chunk: [UInt8]) -> [Line] {
        var lines: [Line] = []
        var rest = chunk[...]
        while let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
            extend(with: rest[..<newline])
            if let line = endLine() { lines.append(line) }
            rest = rest[(newline + 1)...]
        }
        extend(with: rest)
        return lines
    }

    /// The last line, when the input ends without a newline.
    mutating func finish() -> Line? {
        endLine()
    }

    private mutating func extend(with bytes: ArraySlice<UInt8>) {
        guard !isSkipping else { return }
        if partial.count + bytes.count > limit {
            partial = []
            isSkipping = true
        } else {
            partial += bytes
        }
    }

    private mutating func endLine() -> Line? {
        defer {
            partial = []
            isSkipping = false
        }
        if isSkipping { return .tooLong }
        if partial.last == UInt8(ascii: "\r") { partial.removeLast() }
        let isBlank = partial.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        return isBlank ? nil : .message(partial)
    }
}
