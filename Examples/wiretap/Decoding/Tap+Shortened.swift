import TheaterProtocol

extension Tap {
    /// Takes a line of a recording that does not have all its bytes.
    ///
    /// Such a line counts as one frame where its text, or the little that was kept, says which
    /// message it was; what says nothing is shown and not counted.
    func processShortened(_ line: RecordedLine, _ direction: Direction, on name: String) {
        let milliseconds = Clock.clamped(line.milliseconds)
        let connection = connection(name)
        let size = line.byteCount.map { " [\($0) B, not all recorded]" } ?? " [bytes not recorded]"
        let text: String
        if let message = line.text ?? line.textOfHead {
            text = read(message, direction, connection)
        } else if let fragment = line.fragment {
            tally.frames += 1
            text = fragment.description
        } else {
            text = "not decoded, not counted"
        }
        transcript.line(at: milliseconds, name, direction, text + size)
    }

    private func read(
        _ text: String, _ direction: Direction, _ connection: TappedConnection
    ) -> String {
        tally.frames += 1
        if CutText.isCut(text) {
            if let name = CutText.name(in: text, direction) {
                return "\(name)  \(Excerpt.line(String(text.dropFirst(name.count + 4))))"
            }
        } else {
            do throws(WireError) {
                let message = try Message(decoding: Array(text.utf8), direction)
                count(message, connection)
                return message.line
            } catch {
                tally.unknown[direction, default: 0] += 1
                return "? \(error): \(Excerpt.line(text))"
            }
        }
        tally.unknown[direction, default: 0] += 1
        return "? no known message begins so: \(Excerpt.line(text))"
    }
}

extension RecordedLine {
    /// The beginning of the message, out of the first bytes of its frame.
    fileprivate var textOfHead: String? {
        guard let head, head.count > 4, fragment == nil else { return nil }
        let payload = String(decoding: head[4...], as: UTF8.self)
        let envelope = "{\"Complete\":["
        if payload.hasPrefix(envelope) {
            // The last number may have been cut in two.
            let numbers = payload.dropFirst(envelope.count).split(separator: ",").dropLast()
            return String(decoding: numbers.compactMap { UInt8($0) }, as: UTF8.self) + "…"
        }
        let isPlain = payload.hasPrefix("{\"") && !payload.hasPrefix("{\"Fragment\"")
        return isPlain ? payload + "…" : nil
    }
}
