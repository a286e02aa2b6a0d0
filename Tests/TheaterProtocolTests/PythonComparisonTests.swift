import Foundation
import Testing

@testable import TheaterProtocol

/// The same texts, read here and by Python's `json`.
///
/// Python differs on purpose in three ways, which the script below takes back: it reads `NaN` and
/// `Infinity`, lets the last of two equal names win, and keeps lone surrogates. It also reads
/// numbers beyond `Double` as infinite, and integers of any length exactly.
@Suite struct PythonComparisonTests {
    private static let script = #"""
        import json, sys

        def refuse(text): raise ValueError(text)

        def members(pairs):
            names = [name for name, _ in pairs]
            if len(set(names)) != len(names): refuse("duplicate")
            return dict(pairs)

        def number(text):
            value = float(text)
            if value in (float("inf"), float("-inf")): refuse(text)
            return value

        def integer(text):
            # Exact where it fits 64 bits, and minus zero keeps its sign.
            value = int(text)
            return value if -2**63 <= value < 2**64 and text != "-0" else number(text)

        for line in sys.stdin.buffer:
            try:
                text = line.rstrip(b"\n").decode("utf-8")
                if text.startswith("\ufeff"): refuse("BOM")
                value = json.loads(text, object_pairs_hook=members, parse_float=number,
                                   parse_int=integer, parse_constant=refuse)
                written = json.dumps(value, ensure_ascii=False).encode("utf-8")
                print(repr(written.hex()), flush=False)
            except (ValueError, UnicodeError, RecursionError):
                print("refused", flush=False)
        """#

    private static let python: String? = ["/usr/bin/python3", "/usr/local/bin/python3"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    @Test(.enabled(if: python != nil))
    func generatedTexts() throws {
        let seed = UInt64.random(in: 0..<1 << 32)
        print("comparison with Python, seed \(seed)")
        var generator = JSONGenerator(seed: seed)
        let texts = (0..<4_000).map { _ in generator.line() }
        let answers = try Self.ask(texts)
        try #require(answers.count == texts.count)
        var read = 0
        for (text, answer) in zip(texts, answers) {
            let shown = Comment(rawValue: "seed \(seed): \(String(decoding: text, as: UTF8.self))")
            guard answer != "refused" else {
                #expect(throws: JSONError.self, shown) { try JSONValue(parsing: text) }
                continue
            }
            read += 1
            let expected = try JSONValue(parsing: try Self.bytes(answer))
            guard let value = try? JSONValue(parsing: text) else {
                Issue.record("Python reads it: \(shown)")
                continue
            }
            #expect(value == expected, shown)
        }
        #expect(read > 1_000)
        #expect(read < 3_900)
    }

    /// One answer for each text.
    private static func ask(_ texts: [[UInt8]]) throws -> [Substring] {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("json-comparison-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = folder.appendingPathComponent("input")
        try Data(texts.joined(separator: [0x0A]) + [0x0A]).write(to: input)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(python))
        process.arguments = ["-c", script]
        process.standardInput = try FileHandle(forReadingFrom: input)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: answer, as: UTF8.self).split(separator: "\n")
    }

    private static func bytes(_ answer: Substring) throws -> [UInt8] {
        let digits = Array(answer.utf8.dropFirst().dropLast()).compactMap(HexDigit.value(of:))
        try #require(digits.count % 2 == 0)
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
