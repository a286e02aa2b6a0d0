import Testing
import TheaterProtocol

@testable import TheaterTesting

@Suite("The machine answers as the real servers did")
struct ReplayTests {
    private static let everywhere = [
        "lifecycle", "messages", "unknown-ids", "restart-update", "pipelining", "start-errors",
        "bad-input", "probe", "zombie", "events", "parent-subscribe", "channels", "dead-runtime",
    ]

    /// Connections of `bad-input` left out: the bytes of one are too large for the recording, the
    /// other shows how the real server waits for more bytes after several small fragments.
    private static let leftOut: Set<String> = ["c18", "c27"]

    static let scenarios: [(ServerEra, String)] = ServerEra.allCases.flatMap { era in
        everywhere.compactMap { scenario in
            (try? Recording(scenario, of: era)) == nil ? nil : (era, scenario)
        }
    }

    @Test("every era has its recordings")
    func inventory() {
        let counts = ServerEra.allCases.map { era in Self.scenarios.count { $0.0 == era } }
        #expect(counts == [12, 12, 12, 11])
    }

    @Test("recorded scenario", arguments: scenarios)
    func recorded(era: ServerEra, scenario: String) throws {
        let leftOut = scenario == "bad-input" ? Self.leftOut : []
        var replay = try Replay(scenario, of: era, without: leftOut)
        replay.run()
        #expect(replay.differences == [])
    }
}
