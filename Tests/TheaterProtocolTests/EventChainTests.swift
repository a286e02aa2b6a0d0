import Testing

@testable import TheaterProtocol

/// The order of a chain, from events that come early, twice, altered or not at all.
@Suite struct EventChainTests {
    /// Intact events, each the parent of the next.
    static func chain(_ count: Int, after parent: [UInt8]? = nil, bytes: Int = 1) -> [ChainEvent] {
        var events: [ChainEvent] = []
        for number in 0..<count {
            var event = ChainEvent(
                hash: [], parentHash: events.last?.hash ?? parent, eventType: "wasm",
                data: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: bytes))
            event.hash = event.computedHash()
            events.append(event)
        }
        return events
    }

    // MARK: recordings

    @Test(arguments: [(ServerEra.april2025, 11), (.june2025, 2)])
    func burstsOf2025(_ era: ServerEra, _ early: Int) throws {
        let burst = try RecordedBurst(era)
        #expect(burst.pushed.count == 126)
        var chain = EventChain(startingAt: .after(burst.start))
        var ready: [ChainEvent] = []
        var seen: Set<[UInt8]> = [burst.start]
        var earlyCount = 0
        for event in burst.pushed {
            if !seen.contains(try #require(event.parentHash)) { earlyCount += 1 }
            seen.insert(event.hash)
            ready += try chain.append(event)
        }
        #expect(earlyCount == early)
        #expect(chain.heldCount == 0)
        #expect(chain.missingParent == nil)
        #expect(Set(ready) == Set(burst.pushed))
        expectChain(ready, after: burst.start)
        if era == .april2025 {
            #expect(try ready == Array(burst.history().suffix(126)))
            #expect(ready != burst.pushed)
        }
    }

    @Test func burstOf2026LosesEventsThatTheHistoryHas() throws {
        let burst = try RecordedBurst(.january2026)
        #expect(burst.pushed.count == 35)
        let history = try burst.history2026()
        #expect(history.count == 129)
        var chain = EventChain(startingAt: .after(burst.start))
        var ready: [ChainEvent] = []
        for event in burst.pushed { ready += try chain.append(event) }
        #expect(ready.count + chain.heldCount == 35)
        #expect(chain.heldCount > 0)
        let missing = try #require(chain.missingParent)
        #expect(history.contains { $0.hash == missing })

        var patient = chain
        let filled = patient.fill(with: history)
        #expect(filled.count == 91 + chain.heldCount)
        #expect(patient.missingParent == nil)
        expectChain(ready + filled, after: burst.start)
        #expect(ready + filled == Array(history.suffix(126)))
        #expect(patient.fill(with: history) == [])

        let (last, rest) = chain.giveUp()
        #expect(last == ready.last?.hash)
        #expect(ready + rest == burst.pushed)
        #expect(chain.missingParent == nil)
    }

    private func expectChain(
        _ events: [ChainEvent], after start: [UInt8]?,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var last = start
        for event in events {
            #expect(event.parentHash == last, sourceLocation: sourceLocation)
            last = event.hash
        }
    }

    // MARK: order

    @Test func inOrderNothingWaits() throws {
        let events = Self.chain(5)
        var chain = EventChain(startingAt: .birth)
        for event in events { #expect(try chain.append(event) == [event]) }
        #expect(chain.lastHash == events.last?.hash)
    }

    @Test func reversedAllComeWithTheFirst() throws {
        let events = Self.chain(50)
        var chain = EventChain(startingAt: .birth)
        for event in events.dropFirst().reversed() { #expect(try chain.append(event) == []) }
        #expect(chain.heldCount == 49)
        #expect(chain.missingParent == events[0].hash)
        #expect(try chain.append(events[0]) == events)
        #expect(chain.heldByteCount == 0)
    }

    @Test func everyOrderOfFive() throws {
        let events = Self.chain(5)
        var orders = 0
        func permute(_ rest: [Int], _ order: [Int]) throws {
            if rest.isEmpty {
                orders += 1
                var chain = EventChain(startingAt: .birth)
                // Each twice: the second one is dropped.
                let ready = try order.flatMap { number in
                    try chain.append(events[number]) + chain.append(events[number])
                }
                #expect(ready == events)
            }
            for number in rest { try permute(rest.filter { $0 != number }, order + [number]) }
        }
        try permute(Array(0..<5), [])
        #expect(orders == 120)
    }

    // MARK: gaps

    @Test func severalGapsAreGivenUpOneByOne() throws {
        let events = Self.chain(9)
        var chain = EventChain(startingAt: .birth)
        for number in [0, 3, 2, 6, 7] { _ = try chain.append(events[number]) }
        #expect(chain.missingParent == events[1].hash)
        #expect(chain.giveUp() == (events[0].hash, [events[2], events[3]]))
        #expect(chain.missingParent == events[5].hash)
        #expect(chain.giveUp() == (events[3].hash, [events[6], events[7]]))
        #expect(chain.missingParent == nil)
        #expect(chain.giveUp() == (events[7].hash, []))
        #expect(try chain.append(events[8]) == [events[8]])
        // What comes late is not taken, in whatever order it comes.
        for number in [5, 1, 4] {
            #expect(throws: EventChain.Fault.placePassed(dropped: 1)) {
                try chain.append(events[number])
            }
        }
        #expect(chain.heldCount == 0)
    }

    @Test func lateEventsTakeThoseAlongThatWaitForThem() throws {
        let events = Self.chain(6)
        var chain = EventChain(startingAt: .birth)
        _ = try chain.append(events[0])
        _ = try chain.append(events[5])
        _ = chain.giveUp()
        // 3 waits for 2, 2 for 1; 1 is the child of 0, which has another one by now.
        #expect(try chain.append(events[3]) == [])
        #expect(try chain.append(events[2]) == [])
        #expect(throws: EventChain.Fault.placePassed(dropped: 3)) { try chain.append(events[1]) }
        #expect(chain.heldCount == 0)
        #expect(throws: EventChain.Fault.placePassed(dropped: 1)) { try chain.append(events[4]) }
    }

    @Test func gapAtTheBeginning() throws {
        let events = Self.chain(3)
        var chain = EventChain(startingAt: .birth)
        _ = try chain.append(events[2])
        #expect(chain.giveUp() == (nil, [events[2]]))
    }

    @Test func partOfAHistory() throws {
        let events = Self.chain(10)
        var chain = EventChain(startingAt: .birth)
        for number in [0, 5, 9] { _ = try chain.append(events[number]) }
        #expect(chain.fill(with: Array(events[2...3])) == [])
        #expect(chain.fill(with: Array(events[1...3].reversed())) == Array(events[1...3]))
        var altered = events[4]
        altered.data = [0xFF]
        #expect(chain.fill(with: [altered]) == [])
        #expect(chain.fill(with: [altered, events[4]]) == Array(events[4...5]))
        #expect(try chain.append(events[4]) == [])
        #expect(chain.missingParent == events[8].hash)
        #expect(chain.fill(with: events) == Array(events[6...9]))
    }

    // MARK: faults

    @Test func alteredEvents() throws {
        let events = Self.chain(2)
        var chain = EventChain(startingAt: .birth)
        var altered = events[0]
        altered.eventType = "x"
        #expect(throws: EventChain.Fault.altered) { try chain.append(altered) }
        altered.hash = []
        #expect(throws: EventChain.Fault.altered) { try chain.append(altered) }
        var oddParent = ChainEvent(hash: [], parentHash: [1], eventType: "x", data: [])
        oddParent.hash = oddParent.computedHash()
        #expect(throws: EventChain.Fault.altered) { try chain.append(oddParent) }
        #expect(try chain.append(events[0]) == [events[0]])
    }

    @Test func secondChildOfOneParent() throws {
        let events = Self.chain(3)
        var chain = EventChain(startingAt: .birth)
        _ = try chain.append(events[0])
        _ = try chain.append(events[1])
        let fork = Self.chain(2, after: events[0].hash, bytes: 2)
        #expect(throws: EventChain.Fault.placePassed(dropped: 1)) { try chain.append(fork[0]) }
        #expect(throws: EventChain.Fault.placePassed(dropped: 1)) { try chain.append(fork[1]) }
        let secondBirth = Self.chain(1, bytes: 3)[0]
        #expect(throws: EventChain.Fault.placePassed(dropped: 1)) { try chain.append(secondBirth) }
        #expect(try chain.append(events[2]) == [events[2]])
    }

    @Test func startInTheMiddle() throws {
        let events = Self.chain(6)
        var chain = EventChain(startingAt: .firstEvent)
        #expect(try chain.append(events[3]) == [events[3]])
        #expect(try chain.append(events[1]) == [])
        #expect(throws: EventChain.Fault.placePassed(dropped: 2)) { try chain.append(events[2]) }
        #expect(throws: EventChain.Fault.placePassed(dropped: 1)) { try chain.append(events[0]) }
        #expect(try chain.append(events[4]) == [events[4]])
        var whole = EventChain(startingAt: .firstEvent)
        #expect(whole.fill(with: events.reversed()) == events)
    }

    // MARK: bounds

    @Test func windowOfEvents() throws {
        let events = Self.chain(6)
        var chain = EventChain(startingAt: .birth, window: .init(events: 3))
        for event in events[1...3] { _ = try chain.append(event) }
        #expect(throws: EventChain.Fault.windowFull) { try chain.append(events[4]) }
        #expect(chain.heldCount == 3)
        // What does not wait has room.
        #expect(try chain.append(events[0]) == Array(events[0...3]))
        #expect(try chain.append(events[4]) == [events[4]])
    }

    @Test func windowOfBytes() throws {
        let events = Self.chain(4, bytes: 1_000)
        var chain = EventChain(startingAt: .birth, window: .init(bytes: 2_500))
        _ = try chain.append(events[1])
        _ = try chain.append(events[2])
        #expect(chain.heldByteCount == 2 * (1_000 + 4 + 40))
        #expect(throws: EventChain.Fault.windowFull) { try chain.append(events[3]) }
        var narrow = EventChain(startingAt: .birth, window: .init(bytes: 0))
        #expect(try narrow.append(events[1]) == [])
        #expect(narrow.heldCount == 1)
    }

    @Test func randomLossAndDisorder() throws {
        let seed = UInt64.random(in: 0..<1 << 32)
        print("event chain, seed \(seed)")
        var generator = SplitMix64(seed: seed)
        let events = Self.chain(120)
        for _ in 0..<8 {
            var arriving = events.enumerated().filter { _ in
                Int.random(in: 0..<10, using: &generator) > 0
            }
            for _ in 0..<60 {
                let index = Int.random(in: 0..<arriving.count - 20, using: &generator)
                arriving.swapAt(index, index + Int.random(in: 0..<20, using: &generator))
            }
            var chain = EventChain(startingAt: .birth, window: .init(events: 256))
            var ready: [ChainEvent] = []
            for (_, event) in arriving { ready += try chain.append(event) }
            #expect(Set(ready).count + chain.heldCount == arriving.count, "seed \(seed)")
            var filled = chain
            #expect(ready + filled.fill(with: events) == events, "seed \(seed)")
            // Without the history all that came is there once, in order within each piece.
            while chain.missingParent != nil {
                let piece = chain.giveUp().events
                expectChain(piece, after: piece.first?.parentHash)
                ready += piece
            }
            #expect(ready.count == arriving.count, "seed \(seed)")
            #expect(Set(ready) == Set(arriving.map(\.element)), "seed \(seed)")
        }
    }
}
