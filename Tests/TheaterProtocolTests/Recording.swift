import Foundation
import Testing

@testable import TheaterProtocol

/// One scenario driven over a real server's sockets; `Recordings/README.md` has the format.
struct Recording: Sendable, CustomTestStringConvertible {
    let folder: String
    let name: String
    let era: ServerEra

    var testDescription: String { "\(folder)/\(name)" }

    /// Their frames are wrong on purpose.
    var isMalformed: Bool { name == "bad-input" || name == "probe" }

    static let all: [Recording] = {
        let folders: [(String, ServerEra)] = [
            ("plain-2025-04", .april2025), ("fragmenting-2025-06", .june2025),
            ("fragmenting-2026-01", .january2026), ("fragmenting-2026-07", .july2026),
        ]
        return folders.flatMap { folder, era in
            let files = try? FileManager.default.contentsOfDirectory(
                atPath: root.appendingPathComponent(folder).path)
            return (files ?? []).sorted().filter { $0.hasSuffix(".jsonl") }.map {
                Recording(folder: folder, name: String($0.dropLast(6)), era: era)
            }
        }
    }()

    static let wellFormed = all.filter { !$0.isMalformed }

    static let malformed = all.filter(\.isMalformed)

    private static let root = Bundle.module.bundleURL.appendingPathComponent("Recordings")

    func lines() throws -> [RecordedLine] {
        let url = Self.root.appendingPathComponent(folder).appendingPathComponent(name + ".jsonl")
        let bytes = [UInt8](try Data(contentsOf: url))
        return try bytes.split(separator: UInt8(ascii: "\n")).enumerated().map { index, line in
            try RecordedLine(number: index + 1, JSONValue(parsing: Array(line)))
        }
    }
}

/// One line of a recording.
struct RecordedLine {
    struct Digest {
        let length: Int
        let sha256: String
        let head: [UInt8]
        let tail: [UInt8]?
    }

    let number: Int
    let what: String
    let connection: String
    let text: String?
    let raw: [UInt8]?
    let digest: Digest?

    init(number: Int, _ value: JSONValue) throws {
        self.number = number
        let object = try #require(value.object)
        what = try #require(object["what"]?.string)
        connection = object["conn"]?.string ?? ""
        text = object["text"]?.string
        raw = object["raw"]?.string.flatMap(Base64.decode)
        digest = try object["sha256"]?.string.map { sha256 in
            Digest(
                length: try #require(object["length"]?.int), sha256: sha256,
                head: try #require(object["head"]?.string.flatMap(Base64.decode)),
                tail: object["tail"]?.string.flatMap(Base64.decode))
        }
    }

    /// The whole text, where it was not shortened.
    var wholeText: String? {
        text.flatMap { $0.hasSuffix("…") ? nil : $0 }
    }
}

extension WireFormat {
    /// All messages in the bytes, which must end where a message ends.
    func messages(in bytes: [UInt8]) throws -> [[UInt8]] {
        var decoder = MessageDecoder(format: self)
        decoder.append(bytes)
        var messages: [[UInt8]] = []
        while let message = try decoder.next(now: .zero) {
            messages.append(message)
        }
        #expect(!decoder.isInsideMessage)
        #expect(decoder.bufferedByteCount == 0)
        return messages
    }
}
