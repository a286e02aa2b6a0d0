import Foundation

/// An example, run to its end as a process of its own.
struct Example {
    let status: Int32
    let lines: [String]

    /// The last line that says something.
    var lastLine: String { lines.last { !$0.isEmpty } ?? "" }

    /// Waits without blocking a thread, which the other tests need.
    init(_ name: String, _ arguments: String...) async throws {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("\(name)-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = try Self.built(name)
        process.arguments = arguments
        // The thread sanitizer otherwise sleeps for a second before a process ends.
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["TSAN_OPTIONS": "atexit_sleep_ms=0"], uniquingKeysWith: { $1 })
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: file)
        process.standardError = FileHandle.nullDevice
        status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        let bytes = try FileHandle(forReadingFrom: file).readDataToEndOfFile()
        lines = String(decoding: bytes, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false
        ).map(String.init)
    }

    /// The executables of this package are beside the test bundle.
    private static func built(_ name: String) throws -> URL {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent(name)
    }
}
