import Foundation
import Testing

@testable import TheaterProtocol

/// Compares with what a recording kept of bytes too large to keep whole.
///
/// The digest is made by the system's `sha256sum`: one written here in Swift would need a minute
/// for these hundred megabytes without optimization.
func expectDigest(
    of bytes: [UInt8], _ digest: RecordedLine.Digest,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    #expect(bytes.count == digest.length, sourceLocation: sourceLocation)
    #expect(Array(bytes.prefix(96)) == digest.head, sourceLocation: sourceLocation)
    if let tail = digest.tail {
        #expect(Array(bytes.suffix(96)) == tail, sourceLocation: sourceLocation)
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["sha256sum"]
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(bytes))
    try input.fileHandleForWriting.close()
    let answer = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let hexadecimal = String(decoding: answer.prefix(64), as: UTF8.self)
    #expect(hexadecimal == digest.sha256, sourceLocation: sourceLocation)
}
