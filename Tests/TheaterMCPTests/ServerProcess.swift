import Foundation
import Testing
import TheaterProtocol

/// The executables of this package, next to the test bundle.
enum BuiltExecutable {
    static func url(_ name: String) throws -> URL {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        var directory = URL(fileURLWithPath: own).deletingLastPathComponent()
        // Where the test bundle is a directory, the executables are beside it.
        while directory.path != "/" {
            let candidate = directory.appendingPathComponent(name)
            if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
            directory.deleteLastPathComponent()
        }
        throw MissingExecutable(name: name)
    }

    struct MissingExecutable: Error, CustomStringConvertible {
        let name: String
        var description: String { "\(name) has not been built" }
    }
}

/// `theater-mcp-server` as a process of its own, spoken to through pipes.
final class ServerProcess {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var buffer: [UInt8] = []
    /// Bytes at the beginning of the buffer that are known to have no newline.
    private var scanned = 0
    /// Everything the server has written to standard error is dropped.
    private let log = FileHandle.nullDevice

    init(_ arguments: [String] = []) throws {
        process.executableURL = try BuiltExecutable.url("theater-mcp-server")
        process.arguments = arguments
        // The thread sanitizer otherwise sleeps for a second before a process ends.
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["TSAN_OPTIONS": "atexit_sleep_ms=0"], uniquingKeysWith: { $1 })
        process.standardInput = input
        process.standardOutput = output
        process.standardError = log
        try process.run()
        // Our copies would keep the pipes open after the server has gone.
        try? input.fileHandleForReading.close()
        try? output.fileHandleForWriting.close()
    }

    var identifier: Int32 { process.processIdentifier }

    func send(_ text: String) throws {
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    }

    func endInput() throws {
        try input.fileHandleForWriting.close()
    }

    func stopReading() throws {
        try output.fileHandleForReading.close()
    }

    /// The next line, nil at the end of the output.
    func next() throws -> JSONObject? {
        while true {
            if let newline = buffer[scanned...].firstIndex(of: 10) {
                let line = Array(buffer[..<newline])
                buffer.removeSubrange(...newline)
                scanned = 0
                let message = try #require(try JSONValue(parsing: line).object)
                MessageCheck.check(message)
                return message
            }
            scanned = buffer.count
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else {
                #expect(buffer.isEmpty, "the last line has no newline")
                return nil
            }
            buffer += data
        }
    }

    /// Waits for the end and returns the exit status, or minus the signal.
    func waitForExit() -> Int32 {
        process.waitUntilExit()
        let status = process.terminationStatus
        return process.terminationReason == .exit ? status : -status
    }
}
