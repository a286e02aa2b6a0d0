import Foundation
import Testing

@testable import TheaterProtocol

/// The inputs the fuzzer keeps, read here too: they reach what ordinary messages do not.
@Suite struct FuzzingCorpusTests {
    private static let inputs: [[UInt8]] = {
        let corpus = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Fuzzing/Corpus")
        let files = FileManager.default.enumerator(at: corpus, includingPropertiesForKeys: nil)
        return (files?.allObjects ?? []).compactMap { file in
            (file as? URL).flatMap { try? Data(contentsOf: $0) }.map { Array($0) }
        }
    }()

    @Test func everyDecoderEndsWithAValueOrAnError() {
        // Fewer would mean that the corpus has not been kept.
        #expect(Self.inputs.count > 300)
        for bytes in Self.inputs {
            if let value = try? JSONValue(parsing: bytes) {
                #expect((try? JSONValue(parsing: value.encoded())) == value)
            }
            if let value = try? PackValue(decoding: bytes) {
                #expect((try? PackValue(decoding: value.encoded()))?.encoded() == value.encoded())
            }
            if let message = try? ServerMessage(decoding: bytes) {
                let text = message.encoded(as: .july2026)
                #expect((try? ServerMessage(decoding: text))?.encoded(as: .july2026) == text)
                for event in message.events { _ = event.payload }
            }
            for era in ServerEra.allCases {
                guard let command = try? Command(decoding: bytes, era: era) else { continue }
                #expect((try? Command(decoding: command.encoded(), era: era)) == command)
            }
            for format in WireFormat.allCases {
                var decoder = MessageDecoder(format: format, emptyFrames: .skip)
                decoder.append(Array(bytes.dropFirst()))
                while let message = try? decoder.next(now: .zero) {
                    #expect(message.count <= bytes.count)
                }
            }
        }
    }
}
