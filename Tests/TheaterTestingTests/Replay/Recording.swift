import Foundation
import TheaterProtocol

@testable import TheaterTesting

/// One recorded scenario of a real server.
struct Recording {
    struct Line {
        let milliseconds: Double
        let what: String
        let connection: String
        let text: String
        /// The bytes on the wire, where the recording has them.
        let raw: [UInt8]?
    }

    let lines: [Line]

    init(_ scenario: String, of era: ServerEra) throws {
        let directory = era == .april2025 ? "plain-2025-04" : "fragmenting-\(era.rawValue)"
        let tests = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let path = "/\(tests)/TheaterProtocolTests/Recordings/\(directory)/\(scenario).jsonl"
        guard let bytes = ManifestFiles.read(path) else { throw Missing(path: path) }
        lines = try bytes.split(separator: UInt8(ascii: "\n")).map { try Line(Array($0)) }
    }

    struct Missing: Error {
        let path: String
    }
}

extension Recording.Line {
    init(_ bytes: [UInt8]) throws {
        let value = try JSONValue(parsing: bytes).object
        milliseconds =
            switch value?["ms"] {
            case .double(let number): number
            case .integer(let number): Double(number)
            default: 0
            }
        what = value?["what"]?.string ?? ""
        connection = value?["conn"]?.string ?? ""
        text = value?["text"]?.string ?? ""
        raw = value?["raw"]?.string.flatMap { Data(base64Encoded: $0) }.map { Array($0) }
    }
}
