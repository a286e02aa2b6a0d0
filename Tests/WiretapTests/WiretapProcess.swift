import Foundation
import Testing

/// `wiretap` as a process of its own.
final class WiretapProcess {
    private let process = Process()
    private let output = Pipe()
    private var buffer: [UInt8] = []

    init(_ arguments: [String]) throws {
        process.executableURL = try Self.executable()
        process.arguments = arguments
        // The thread sanitizer otherwise sleeps for a second before a process ends.
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["TSAN_OPTIONS": "atexit_sleep_ms=0"], uniquingKeysWith: { $1 })
        process.standardOutput = output
        try process.run()
        try? output.fileHandleForWriting.close()
    }

    var identifier: Int32 { process.processIdentifier }

    /// The port in its first line.
    func listeningPort() throws -> UInt16 {
        let words = try #require(nextLine()).split(whereSeparator: { " :,".contains($0) })
        return try #require(words.dropFirst(3).first.flatMap { UInt16($0) })
    }

    /// The remaining lines, and the exit status or minus the signal.
    func finish() -> (lines: [String], status: Int32) {
        var lines: [String] = []
        while let line = nextLine() { lines.append(line) }
        process.waitUntilExit()
        let status = process.terminationStatus
        return (lines, process.terminationReason == .exit ? status : -status)
    }

    private func nextLine() -> String? {
        while true {
            if let newline = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                defer { buffer.removeSubrange(...newline) }
                return String(decoding: buffer[..<newline], as: UTF8.self)
            }
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { return nil }
            buffer += data
        }
    }

    /// Next to the test bundle, or above it where that is a directory.
    private static func executable() throws -> URL {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        var directory = URL(fileURLWithPath: own).deletingLastPathComponent()
        while directory.path != "/" {
            let candidate = directory.appendingPathComponent("wiretap")
            if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
            directory.deleteLastPathComponent()
        }
        throw Missing()
    }

    private struct Missing: Error {}
}
