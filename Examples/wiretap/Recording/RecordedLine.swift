import TheaterProtocol

/// One line of a recording.
struct RecordedLine {
    let milliseconds: Double
    let what: String
    let connection: String?
    let text: String?
    /// The exact bytes, where they were kept.
    let bytes: [UInt8]?
    /// Number of the bytes, where only their ends were kept.
    let byteCount: Int?
    /// The first bytes, where only the ends were kept.
    let head: [UInt8]?
    let fragment: FragmentHeader?

    /// - Throws: `JSONError` for what is no JSON; nil results from what is no line of a recording.
    init?(parsing line: [UInt8]) throws(JSONError) {
        guard let object = try JSONValue(parsing: line).object, let what = object["what"]?.string
        else { return nil }
        self.what = what
        milliseconds = object["ms"]?.number ?? 0
        connection = object["conn"]?.string
        text = object["text"]?.string
        byteCount = object["length"]?.int
        head = object["head"]?.string.flatMap(Base64.decode)
        fragment = FragmentHeader(recorded: object["fragment"])
        bytes = object["raw"]?.string.flatMap(Base64.decode)
        if bytes == nil, object["raw"] != nil { return nil }
    }
}

extension JSONValue {
    fileprivate var number: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .double(let number): number
        default: nil
        }
    }
}
