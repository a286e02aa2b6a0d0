/// The printed form of what passes, one line each: time, connection, direction, what.
struct Transcript {
    private let output: OutputFile

    /// - Parameter output: Standard output, most likely.
    init(to output: OutputFile) {
        self.output = output
    }

    /// The reader has gone, or the disk is full.
    var failure: FileError? { output.failure }

    func line(
        at milliseconds: Double, _ connection: String?, _ direction: Direction?, _ text: String
    ) {
        let name = Excerpt.line(connection ?? "")
        let columns = [
            Self.time(milliseconds).padded(left: 10),
            name.padded(right: 4), direction?.arrow ?? "·", text,
        ]
        output.append(line: Array(columns.joined(separator: " ").utf8))
    }

    /// Without time.
    func plain(_ text: String) {
        output.append(line: Array(text.utf8))
    }

    func flush() {
        output.flush()
    }

    /// With one decimal, as recordings have it.
    private static func time(_ milliseconds: Double) -> String {
        let tenths = Int(Clock.clamped(milliseconds) * 10)
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension String {
    fileprivate func padded(left width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }

    fileprivate func padded(right width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
