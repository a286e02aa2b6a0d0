import TheaterProtocol

/// Writes what passes as JSON lines, in the format of the recordings of real servers.
///
/// One line for each frame, both ways; bytes that are no frames get lines of their own, without
/// text, so that the lines of a direction together hold everything that passed.
final class RecordingWriter {
    /// Bytes and text up to this length are kept whole.
    private static let keptBytes = 65_536
    /// Bytes kept of either end of longer ones.
    private static let edgeBytes = 96
    /// Characters kept of longer text.
    private static let edgeCharacters = 80

    private let output: OutputFile

    init(path: String) throws(FileError) {
        output = try OutputFile(path: path)
    }

    /// The disk is full, for example.
    var failure: FileError? { output.failure }

    func title(_ text: String) {
        write(["ms": 0.0, "what": "title", "text": .string(text)])
    }

    /// A line without bytes.
    func write(at milliseconds: Double, _ what: String, _ connection: String, text: String?) {
        var line = Self.line(at: milliseconds, what, connection)
        line["text"] = text.map(JSONValue.string)
        write(line)
    }

    /// A line with bytes, and their meaning where they are a frame.
    func write(
        at milliseconds: Double, _ direction: Direction, _ connection: String, bytes: [UInt8],
        text: [UInt8]? = nil, fragment: FragmentHeader? = nil
    ) {
        let what = direction == .toServer ? "sent" : "received"
        var line = Self.line(at: milliseconds, what, connection)
        line["text"] = text.map { .string(Self.kept($0)) }
        if bytes.count <= Self.keptBytes {
            line["raw"] = .string(Base64.encode(bytes))
        } else {
            line["length"] = .integer(Int64(bytes.count))
            line["sha256"] = .string(Excerpt.hex(SHA256.digest(of: bytes)))
            line["head"] = .string(Base64.encode(Array(bytes.prefix(Self.edgeBytes))))
            line["tail"] = .string(Base64.encode(Array(bytes.suffix(Self.edgeBytes))))
        }
        line["fragment"] = fragment?.recorded
        write(line)
    }

    func flush() {
        output.flush()
    }

    private static func line(
        at milliseconds: Double, _ what: String, _ connection: String
    ) -> JSONObject {
        ["ms": .double(milliseconds), "what": .string(what), "conn": .string(connection)]
    }

    private static func kept(_ text: [UInt8]) -> String {
        guard text.count > keptBytes else { return String(decoding: text, as: UTF8.self) }
        let start = String(decoding: text.prefix(edgeCharacters * 4 + 4), as: UTF8.self)
        return String(String.UnicodeScalarView(start.unicodeScalars.prefix(edgeCharacters))) + "…"
    }

    private func write(_ line: JSONObject) {
        output.append(line: JSONValue.object(line).encoded())
    }
}
