import Testing

@testable import TheaterProtocol

/// Every frame of four real servers: bytes → message → bytes.
@Suite struct RecordedFrameTests {
    @Test(arguments: Recording.wellFormed)
    func receivedFrames(_ recording: Recording) throws {
        let era = recording.era
        for line in try recording.lines() where line.what == "received" {
            guard let raw = line.raw, let text = line.text else { continue }
            let place = Comment(rawValue: "line \(line.number)")
            let inner = try era.wireFormat.messages(in: raw)
            #expect(inner == [Array(text.utf8)], place)
            let message = try ServerMessage(decoding: Array(text.utf8))
            if case .unknown = message { Issue.record("unknown variant, line \(line.number)") }

            let encoded = message.encoded(as: era)
            #expect(
                try JSONValue(parsing: encoded) == JSONValue(parsing: Array(text.utf8)), place)
            // Even the order of members is the server's.
            #expect(encoded == Array(text.utf8), place)
            var encoder = MessageEncoder(format: era.wireFormat)
            #expect(try encoder.encode(encoded) == raw, place)
        }
    }

    @Test(arguments: Recording.wellFormed)
    func sentFrames(_ recording: Recording) throws {
        let era = recording.era
        for line in try recording.lines() where line.what == "sent" {
            guard let raw = line.raw else { continue }
            let place = Comment(rawValue: "line \(line.number)")
            // One write may hold several commands.
            let messages = try era.wireFormat.messages(in: raw)
            if let text = line.text { #expect(messages == [Array(text.utf8)], place) }
            var encoder = MessageEncoder(format: era.wireFormat)
            var frames: [UInt8] = []
            for message in messages {
                frames += try encoder.encode(message)
                try check(message, era: era, place)
            }
            #expect(frames == raw, place)
        }
    }

    private func check(_ message: [UInt8], era: ServerEra, _ place: Comment) throws {
        switch String(decoding: message, as: UTF8.self) {
        case "{\"NoSuchCommand\":{}}", "\"NewStore\"":
            // Silence: `NewStore` is an empty struct, its bare name is none.
            #expect(throws: WireError.self, place) { try Command(decoding: message, era: era) }
            return
        case "{\"ListActors\":null}":
            // Accepted, though everybody writes the bare name.
            #expect(try Command(decoding: message, era: era) == .listActors, place)
            return
        default:
            break
        }
        guard let knowing = try Self.eraKnowing(message, preferring: era) else {
            Issue.record("no era reads it: \(place)")
            return
        }
        let command = try Command(decoding: message, era: knowing)
        #expect(command.encoded() == (try Self.canonical(message)), place)
    }

    /// The command with its actor's id in the form everybody writes: some are sent in others.
    private static func canonical(_ message: [UInt8]) throws -> [UInt8] {
        var value = try JSONValue(parsing: message)
        guard let variant = value.object?.members.first, var members = variant.value.object,
            let id = members["id"]?.string.flatMap(ActorID.init)
        else { return message }
        members["id"] = .string(id.description)
        value = .object([variant.name: .object(members)])
        return value.encoded()
    }

    /// Some scenarios send what the server of their date cannot parse.
    private static func eraKnowing(
        _ message: [UInt8], preferring era: ServerEra
    ) throws -> ServerEra? {
        let name = try JSONValue(parsing: message).object?.members.first?.name ?? ""
        guard era.unknownCommands.contains(name) else { return era }
        #expect(throws: WireError.self) { try Command(decoding: message, era: era) }
        return ServerEra.allCases.first { !$0.unknownCommands.contains(name) }
    }

    @Test func allCommandsAndMessagesAreCovered() throws {
        var commands: Set<String> = []
        var messages: Set<String> = []
        for recording in Recording.wellFormed {
            for line in try recording.lines() {
                guard let text = line.wholeText.map({ Array($0.utf8) }) else { continue }
                if line.what == "received" {
                    messages.insert(try ServerMessage(decoding: text).name)
                } else if line.what == "sent",
                    let command = try? Command(decoding: text, era: recording.era)
                {
                    commands.insert(command.name)
                }
            }
        }
        #expect(commands.count == 20)
        // All but `ActorPackageUpdated`, which no server ever sends.
        #expect(messages.count == 23)
    }
}
