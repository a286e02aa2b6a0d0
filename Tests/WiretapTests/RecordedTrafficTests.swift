import Foundation
import Testing

@testable import wiretap

/// What `--read` makes of the recordings of real servers.
@Suite struct RecordedTrafficTests {
    /// Sent wrong on purpose, or unknown to every server: none of them was answered.
    private static let unknown = [
        "plain-2025-04/bad-input": 14, "fragmenting-2025-06/bad-input": 18,
        "fragmenting-2026-01/bad-input": 18, "fragmenting-2026-07/bad-input": 18,
        "fragmenting-2026-01/not-ready-yet": 1,
    ]

    /// What came before its parent (wire reference §0.1).
    private static let reordered = [
        "plain-2025-04/events": 2, "plain-2025-04/event-burst": 11,
        "fragmenting-2025-06/events": 3, "fragmenting-2025-06/parent-subscribe": 2,
        "fragmenting-2025-06/event-burst": 2,
    ]

    private static let root = URL(fileURLWithPath: #filePath)
        .appendingPathComponent("../../TheaterProtocolTests/Recordings").standardized

    private static let all: [String] = {
        let names = FileManager.default.enumerator(atPath: root.path)
        return (names?.allObjects as? [String] ?? []).filter { $0.hasSuffix(".jsonl") }
            .map { String($0.dropLast(6)) }.sorted()
    }()

    @Test func allAreThere() {
        #expect(Self.all.count == 70)
    }

    @Test(arguments: all) func recording(_ name: String) throws {
        let output = try OutputFile(path: "/dev/null")
        let tap = Tap(transcript: Transcript(to: output), recorder: nil, wire: nil)
        var playback = Playback(into: tap)
        try playback.play(Self.root.appendingPathComponent(name + ".jsonl").path)
        let tally = tap.tally
        #expect(tally.unknown[.fromServer] == nil)
        // The bare name `NewStore`, and `NoSuchCommand`.
        let isProbing = name.hasSuffix("/lifecycle") || name.hasSuffix("/pipelining")
        #expect(tally.unknown[.toServer] ?? 0 == Self.unknown[name] ?? (isProbing ? 1 : 0))
        #expect(tally.verified == tally.events)
        #expect(tally.reordered == Self.reordered[name] ?? 0)
        #expect(tally.partlySeen == 0)
        #expect(tally.frames > 0)
    }
}
