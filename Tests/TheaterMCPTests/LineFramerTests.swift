import Testing

@testable import TheaterMCP

@Suite struct LineFramerTests {
    private static let input = "{\"a\":1}\n\r\n  \n{\"b\":\"é\"}\r\n\n{}\nlast"
    private static let lines = ["{\"a\":1}", "{\"b\":\"é\"}", "{}", "last"]

    @Test(arguments: [1, 2, 3, 5, 7, 1000]) func anyChunking(size: Int) {
        var framer = LineFramer()
        var found: [LineFramer.Line] = []
        let bytes = Array(Self.input.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            found += framer.append(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        if let line = framer.finish() { found.append(line) }
        #expect(found == Self.lines.map { .message(Array($0.utf8)) })
        #expect(framer.finish() == nil)
    }

    @Test func tooLongLineIsDroppedAndToldOnce() {
        var framer = LineFramer(limit: 4)
        #expect(framer.append(Array("1234\n12".utf8)) == [.message(Array("1234".utf8))])
        #expect(framer.append(Array("345678".utf8)) == [])
        #expect(framer.append(Array("9\nab\n".utf8)) == [.tooLong, .message(Array("ab".utf8))])
    }

    @Test func megabytesInOneLine() {
        var framer = LineFramer()
        let line = [UInt8](repeating: 97, count: 5_000_000)
        for start in stride(from: 0, to: line.count, by: 65_536) {
            #expect(framer.append(Array(line[start..<min(start + 65_536, line.count)])) == [])
        }
        #expect(framer.append([10]) == [.message(line)])
    }
}
