import Testing

@testable import Theater

@Suite("Between the loop and a consumer")
struct StreamBufferTests {
    private typealias Buffer = StreamBuffer<Int>

    private func describe(_ item: Buffer.Item?) -> String {
        switch item {
        case .element(let number): "\(number)"
        case .dropped(let count): "-\(count)"
        case .ended(let error): error.map { "\($0.code)" } ?? "end"
        case nil: "nothing"
        }
    }

    @Test("in order, then the end, which stays")
    func inOrder() async {
        let buffer = Buffer(elementLimit: 10, byteLimit: 100)
        for number in 1...3 { buffer.append(number, bytes: 1) }
        buffer.end(nil)
        buffer.append(4, bytes: 1)
        var seen: [String] = []
        for _ in 0..<5 { seen.append(describe(await buffer.next())) }
        #expect(seen == ["1", "2", "3", "end", "end"])
    }

    @Test("full: the oldest go and are counted, signals are not")
    func full() {
        let buffer = Buffer(elementLimit: 2, byteLimit: 100)
        buffer.append(0, bytes: 0)
        for number in 1...4 { buffer.append(number, bytes: 1) }
        #expect(describe(buffer.poll()) == "-2")
        #expect(describe(buffer.poll()) == "3")
    }

    @Test("bounded by bytes, too, but the newest always stays")
    func bytes() {
        let buffer = Buffer(elementLimit: 10, byteLimit: 5)
        buffer.append(1, bytes: 4)
        buffer.append(2, bytes: 50)
        #expect(describe(buffer.poll()) == "-1")
        #expect(describe(buffer.poll()) == "2")
        #expect(describe(buffer.poll()) == "nothing")
    }

    @Test("a waiting consumer is woken by an element, by the end, and by cancellation")
    func waiting() async {
        let buffer = Buffer(elementLimit: 10, byteLimit: 100)
        async let first = buffer.next()
        buffer.append(1, bytes: 1)
        #expect(describe(await first) == "1")
        let cancelled = Task { await buffer.next() }
        cancelled.cancel()
        #expect(describe(await cancelled.value) == "end")
        async let last = buffer.next()
        buffer.end(nil)
        #expect(describe(await last) == "end")
    }

    @Test("of several consumers at once, every one ends")
    func several() async {
        let buffer = Buffer(elementLimit: 10, byteLimit: 100)
        await withTaskGroup { group in
            for _ in 0..<4 { group.addTask { await buffer.next() } }
            buffer.end(nil)
            for await item in group { #expect(describe(item) == "end") }
        }
    }
}
