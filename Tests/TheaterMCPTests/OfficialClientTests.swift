import Foundation
import Testing

/// The official Python client against the executables: see `host.py`.
@Suite struct OfficialClientTests {
    /// Whether `python3` has the official client; the version that `host.py` is written for is 2.
    static let isAvailable: Bool = {
        let check = "import mcp.client.stdio; from mcp import Client"
        return (try? run(["python3", "-c", check]).status) == 0
    }()

    @Test(
        .enabled(
            if: isAvailable,
            "Skipped: needs python3 with the package mcp (pip install 'mcp>=2')."),
        .timeLimit(.minutes(3)))
    func everyScenario() throws {
        var arguments = [
            "python3", Self.file("host.py"),
            "--server", try BuiltExecutable.url("theater-mcp-server").path,
            "--test-server", try BuiltExecutable.url("theater-test-server").path,
        ]
        // The official schemas are checked where they have been put into the environment.
        if let schemas = ProcessInfo.processInfo.environment["MCP_SCHEMAS"] {
            arguments += ["--schemas", schemas]
        }
        let result = try Self.run(arguments)
        #expect(result.status == 0, "\(result.output)")
    }

    private static func file(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(name)
            .path
    }

    private static func run(_ command: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        try? output.fileHandleForWriting.close()
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }
}
