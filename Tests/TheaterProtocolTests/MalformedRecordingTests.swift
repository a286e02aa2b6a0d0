import Testing

@testable import TheaterProtocol

/// What real servers made of wrong input; ours must judge the same bytes the same way.
@Suite struct MalformedRecordingTests {
    enum Verdict: Equatable {
        /// The connection ended.
        case refused
        /// Nothing was answered: an incomplete frame, or a command nobody could parse.
        case silent
        /// A command was understood.
        case understood
    }

    @Test(arguments: Recording.malformed)
    func verdicts(_ recording: Recording) throws {
        var decoders: [String: MessageDecoder] = [:]
        var pending: [String: Verdict] = [:]
        var note = ""
        var count = 0
        for line in try recording.lines() {
            switch line.what {
            case "note":
                note = line.text ?? ""
            case "sent":
                guard let bytes = try line.raw ?? Self.largestFrame(line, recording) else {
                    Issue.record("line \(line.number) has no bytes")
                    continue
                }
                let decoder = decoders[line.connection, default: Self.decoder(for: recording)]
                (decoders[line.connection], pending[line.connection]) =
                    Self.judge(bytes, decoder, recording.era)
            case "received", "silence", "eof":
                guard let verdict = pending.removeValue(forKey: line.connection) else { continue }
                count += 1
                // The server's own stall on small fragments (wire reference §2.3); we go on.
                if note == "three small fragments in one write" {
                    #expect(verdict == .understood)
                    continue
                }
                let expected: Verdict =
                    switch line.what {
                    case "received": .understood
                    case "silence": .silent
                    default: .refused
                    }
                #expect(verdict == expected, "\(note), line \(line.number)")
            default:
                break
            }
        }
        #expect(count > 0)
    }

    private static func decoder(for recording: Recording) -> MessageDecoder {
        MessageDecoder(
            format: recording.era.wireFormat,
            emptyFrames: recording.era == .april2025 ? .skip : .refuse)
    }

    private static func judge(
        _ bytes: [UInt8], _ decoder: MessageDecoder, _ era: ServerEra
    ) -> (MessageDecoder, Verdict) {
        var decoder = decoder
        decoder.append(bytes)
        var verdict = Verdict.silent
        do throws(WireError) {
            while let message = try decoder.next(now: .zero) {
                if (try? Command(decoding: message, era: era)) != nil { verdict = .understood }
            }
        } catch {
            return (decoder, .refused)
        }
        return (decoder, verdict)
    }

    /// The one write too large to be kept: exactly 32 MiB of spaces and a command.
    private static func largestFrame(
        _ line: RecordedLine, _ recording: Recording
    ) throws -> [UInt8]? {
        guard let digest = line.digest, digest.length == Limits.frameBytes + 4 else { return nil }
        let command = Command.listActors.encoded()
        var payload = command
        if recording.era.wireFormat == .fragmenting {
            payload = []
            Envelope.appendComplete(command, to: &payload)
        }
        let spaces = [UInt8](repeating: 0x20, count: Limits.frameBytes - payload.count)
        let frame = [2, 0, 0, 0] + spaces + payload
        try expectDigest(of: frame, digest)
        return frame
    }
}
