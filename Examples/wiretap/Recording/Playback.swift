import TheaterProtocol

/// Reads a recording and lets a tap see it, as if it happened again.
struct Playback {
    let tap: Tap
    /// Lines of a pipe, such as the incumbent MCP server's: they are not the Theater protocol.
    private var pipeLines = 0

    init(into tap: Tap) {
        self.tap = tap
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Reads to the end of the file.
    ///
    /// - Throws: `Failure` at the first line that is none of a recording.
    mutating func play(_ path: String) throws(Failure) {
        var lines: LineReader
        do throws(LineReader.Failure) {
            lines = try LineReader(path: path)
        } catch {
            throw Failure(description: "\(error)")
        }
        defer { lines.close() }
        while tap.transcript.failure == nil, let line = try next(&lines) {
            if line.isEmpty { continue }
            play(try parse(line, number: lines.lineNumber))
        }
        if pipeLines > 0 {
            tap.transcript.plain("lines of standard input and output, not decoded: \(pipeLines)")
        }
    }

    private func next(_ lines: inout LineReader) throws(Failure) -> [UInt8]? {
        do throws(LineReader.Failure) {
            return try lines.next()
        } catch {
            throw Failure(description: "\(error)")
        }
    }

    private func parse(_ line: [UInt8], number: Int) throws(Failure) -> RecordedLine {
        do throws(JSONError) {
            if let parsed = try RecordedLine(parsing: line) { return parsed }
        } catch {
            throw Failure(description: "line \(number) is not JSON: \(error)")
        }
        throw Failure(description: "line \(number) is not a line of a recording")
    }

    private mutating func play(_ line: RecordedLine) {
        switch line.what {
        case "title", "note", "silence", "nothing more", "exit":
            show(line)
        case "connected":
            process(.connected, line)
        case "connect failed":
            process(.connectFailed(line.text ?? "no reason given"), line)
        case "sent", "received":
            pass(line, line.what == "sent" ? .toServer : .fromServer)
        default:
            if let ending = Occurrence.Ending(what: line.what, text: line.text) {
                process(.ended(ending), line)
            } else {
                show(line)
            }
        }
    }

    private mutating func pass(_ line: RecordedLine, _ direction: Direction) {
        guard let name = line.connection else {
            pipeLines += 1
            return show(line)
        }
        if let bytes = line.bytes {
            process(.bytes(direction, bytes), line)
        } else {
            tap.processShortened(line, direction, on: name)
        }
    }

    private func process(_ occurrence: Occurrence, _ line: RecordedLine) {
        tap.process(occurrence, on: line.connection ?? "", at: line.milliseconds)
    }

    /// What the recorder says, or a line this program has no other use for.
    private func show(_ line: RecordedLine) {
        let text = Excerpt.line(line.text ?? "")
        let isRemark = line.what == "title" || line.what == "note"
        tap.transcript.line(
            at: line.milliseconds, line.connection, nil,
            isRemark ? text : "\(Excerpt.line(line.what)): \(text)")
    }
}
