import Foundation
import Testing
import TheaterProtocol

/// One file of what went over a real server's sockets.
struct RecordedScenario: Sendable, CustomTestStringConvertible {
    let era: ServerEra
    let name: String

    var testDescription: String { "\(era.rawValue)/\(name)" }

    /// Without the input no client sends, the messages too large to be recorded, and the scenarios
    /// about a server that is killed or frozen.
    private static let leftOut: Set<String> = [
        "bad-input", "probe", "large", "server-killed", "server-frozen",
    ]

    static let all: [RecordedScenario] = ServerEra.allCases.flatMap { era in
        let files = try? FileManager.default.contentsOfDirectory(atPath: folder(of: era))
        return (files ?? []).sorted().filter { $0.hasSuffix(".jsonl") }
            .map { RecordedScenario(era: era, name: String($0.dropLast(6))) }
            .filter { !leftOut.contains($0.name) }
    }

    private static func folder(of era: ServerEra) -> String {
        let tests = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let folder = era == .april2025 ? "plain-2025-04" : "fragmenting-\(era.rawValue)"
        return "/\(tests)/TheaterProtocolTests/Recordings/\(folder)"
    }

    /// Every command of the file with what the server did about it.
    func exchanges() throws -> [RecordedExchange] {
        let path = "\(Self.folder(of: era))/\(name).jsonl"
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        var sorting = ExchangeSorting(era: era)
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            try sorting.take(RecordedLine(JSONValue(parsing: Array(line))))
        }
        return sorting.exchanges
    }
}

/// One line of a recording.
struct RecordedLine {
    let what: String
    let connection: String
    let text: [UInt8]
    /// The bytes on the wire; nil where the recording keeps only their digest.
    let raw: [UInt8]?

    init(_ value: JSONValue) {
        let object = value.object
        what = object?["what"]?.string ?? ""
        connection = object?["conn"]?.string ?? ""
        text = Array((object?["text"]?.string ?? "").utf8)
        raw = object?["raw"]?.string.flatMap { Data(base64Encoded: $0) }.map { Array($0) }
    }
}
