import Foundation
import Testing

@testable import Theater
@testable import TheaterMCP

@Suite struct OutageLoggerTests {
    private func lines(_ events: [ClientEvent], level: Log.Level = .warning) throws -> [Substring] {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("outage-\(UUID().uuidString).log").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let logger = OutageLogger(log: try .appending(to: path, level: level))
        for event in events { logger.observe(event) }
        let text = try String(contentsOfFile: path, encoding: .utf8)
        // Without the time.
        return text.split(separator: "\n").map { $0.drop { $0 != " " }.dropFirst() }
    }

    private let failure = ConnectionFailure(kind: .transport, description: "connection refused")

    @Test func oneLineAtEachEndOfAnOutage() throws {
        let dial = ClientEvent.dialFailed(attempt: 1, failure, nextDialIn: .milliseconds(500))
        let again = ClientEvent.recovered(downtime: .milliseconds(1700), dials: 4)
        #expect(
            try lines([.connectionLost(failure), dial, dial, dial, again]) == [
                "warning connection lost: connection refused",
                "warning attempt 1 to connect failed: connection refused; the next one is due in "
                    + "0.5 s",
                "warning connected again after 1.7 s and 4 dials",
            ])
    }

    @Test func repeatedDropsAreNotRepeatedInTheLog() throws {
        let again = ClientEvent.recovered(downtime: .milliseconds(20), dials: 1)
        let drop = [ClientEvent.connectionLost(failure), again]
        #expect(
            try lines(drop + drop + drop) == [
                "warning connection lost: connection refused",
                "warning connected again after 0.1 s and 1 dial",
            ])
    }

    @Test func aFileThatCannotBeOpened() {
        let error = #expect(throws: LogFileError.self) {
            try Log.appending(to: "/nonexistent/x.log", level: .info)
        }
        #expect(error?.description == "cannot open /nonexistent/x.log: No such file or directory")
    }
}
