@testable import TheaterProtocol

/// Random texts, most of them JSON, some of them not quite.
struct JSONGenerator {
    private var generator: SplitMix64

    init(seed: UInt64) {
        generator = SplitMix64(seed: seed)
    }

    /// One line without a newline in it.
    mutating func line() -> [UInt8] {
        var text = Array(value(depth: 0).utf8)
        if Int.random(in: 0..<3, using: &generator) == 0 {
            for _ in 0..<Int.random(in: 1...2, using: &generator) { spoil(&text) }
        }
        return text.filter { $0 != 0x0A && $0 != 0x0D }
    }

    private mutating func spoil(_ text: inout [UInt8]) {
        let pieces = [
            "\"", "\\", "{", "}", "[", "]", ",", ":", "0", "-", "e", ".", "u", "\\ud800", " ",
            "\t", "\u{0}", "é", "NaN", "1e400",
        ]
        let index = Int.random(in: 0...text.count, using: &generator)
        if Bool.random(using: &generator), index < text.count { text.remove(at: index) }
        if Int.random(in: 0..<8, using: &generator) == 0 {
            let byte = UInt8.random(in: 0x80...0xFF, using: &generator)
            text.insert(byte, at: min(index, text.count))
        } else {
            let piece = pieces.randomElement(using: &generator) ?? ""
            text.insert(contentsOf: piece.utf8, at: min(index, text.count))
        }
    }

    private mutating func value(depth: Int) -> String {
        switch Int.random(in: 0..<(depth < 4 ? 8 : 6), using: &generator) {
        case 0: return ["true", "false", "null"].randomElement(using: &generator) ?? "null"
        case 1...3: return number()
        case 4, 5: return string()
        case 6:
            let count = Int.random(in: 0..<4, using: &generator)
            return "[" + (0..<count).map { _ in value(depth: depth + 1) }.joined(separator: ", ")
                + "]"
        default:
            let count = Int.random(in: 0..<4, using: &generator)
            let members = (0..<count).map { _ in string() + ": " + value(depth: depth + 1) }
            return "{" + members.joined(separator: ",") + "}"
        }
    }

    private mutating func number() -> String {
        var text = Bool.random(using: &generator) ? "-" : ""
        text += String(generator.next() >> UInt64.random(in: 0..<64, using: &generator))
        if Int.random(in: 0..<4, using: &generator) == 0 { text += "\(generator.next())" }
        if Int.random(in: 0..<3, using: &generator) == 0 {
            text += ".\(generator.next() >> UInt64.random(in: 0..<64, using: &generator))"
        }
        if Int.random(in: 0..<3, using: &generator) == 0 {
            text += "e\(Int.random(in: -330...310, using: &generator))"
        }
        return text
    }

    private mutating func string() -> String {
        let pieces = [
            "a", "b", "key", "é", "e\u{301}", "😀", "\u{7F}", "\\n", "\\\"", "\\\\", "\\/",
            "\\u0041", "\\u00e9", "\\ud83d\\ude00", "\\u0000", "\u{2028}", " ",
        ]
        let count = Int.random(in: 0..<5, using: &generator)
        return "\""
            + (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }
            .joined() + "\""
    }
}
