/// Lines that have arrived and that nobody has taken yet.
struct LineQueue {
    private var framer = LineFramer()
    /// The next lines, the first one last.
    private var ready: [LineFramer.Line] = []
    private var later: [LineFramer.Line] = []
    /// What the waiting lines hold, and one byte for each, so that many short ones count too.
    private(set) var byteCount = 0

    mutating func append(_ bytes: [UInt8]) {
        for line in framer.append(bytes) { append(line) }
    }

    /// Takes the end of the input for the end of the last line.
    mutating func finish() {
        if let line = framer.finish() { append(line) }
    }

    mutating func removeFirst() -> LineFramer.Line? {
        if ready.isEmpty {
            ready = later.reversed()
            later = []
        }
        guard let line = ready.popLast() else { return nil }
        byteCount -= Self.size(of: line)
        return line
    }

    private mutating func append(_ line: LineFramer.Line) {
        later.append(line)
        byteCount += Self.size(of: line)
    }

    private static func size(of line: LineFramer.Line) -> Int {
        switch line {
        case .message(let bytes): bytes.count + 1
        case .tooLong: 1
        }
    }
}
