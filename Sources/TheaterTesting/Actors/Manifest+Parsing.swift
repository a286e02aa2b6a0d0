import TheaterProtocol

/// Why a text is no manifest, in the words of the real server's TOML reader.
struct ManifestSyntaxError: Error, Equatable {
    let description: String
    /// The text is TOML, but the field `name` is not in it.
    var lacksName = false
}

extension Manifest {
    /// Reads the few keys the server uses; enough of TOML for manifests, not more.
    init(parsing text: String) throws(ManifestSyntaxError) {
        var values: [String: String] = [:]
        var isInTable = false
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let start = line.drop { $0 == " " || $0 == "\t" || $0 == "\r" }
            if start.isEmpty || start.first == "#" { continue }
            if start.first == "[" {
                isInTable = true
                continue
            }
            let position = (line: index + 1, text: String(line))
            let (key, value) = try Self.assignment(in: start, at: position)
            if !isInTable { values[key] = value }
        }
        guard let name = values["name"] else {
            throw ManifestSyntaxError(
                description: Self.report(
                    "missing field `name`", column: 1, at: (1, String(lines.first ?? ""))),
                lacksName: true)
        }
        self.init(name: name, hash: Self.hash(of: text))
        version = values["version"] ?? version
        component = values["package"] ?? values["component"] ?? values["component_path"] ?? ""
    }

    /// `key = value` of one line; a value that is no string is kept as it stands.
    private static func assignment(
        in text: Substring, at position: (line: Int, text: String)
    ) throws(ManifestSyntaxError) -> (key: String, value: String) {
        let key = text.prefix { $0.isLetter || $0.isNumber || "_-.\"".contains($0) }
        var rest = text[key.endIndex...].drop { $0 == " " || $0 == "\t" }
        guard !key.isEmpty, rest.first == "=" else {
            let column = position.text.distance(from: position.text.startIndex, to: rest.startIndex)
            throw ManifestSyntaxError(
                description: report("expected `.`, `=`", column: column + 1, at: position))
        }
        rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
        guard !rest.isEmpty else {
            throw ManifestSyntaxError(
                description: report(
                    "string values must be quoted, expected literal string",
                    column: position.text.count + 1, at: position))
        }
        guard rest.first == "\"" else { return (String(key), String(rest)) }
        // `"""` opens a text of several lines: its content does not matter here.
        if rest.hasPrefix("\"\"\"") { return (String(key), "") }
        guard let end = rest.dropFirst().firstIndex(of: "\"") else {
            throw ManifestSyntaxError(
                description: report(
                    "invalid basic string", column: position.text.count + 1, at: position))
        }
        return (String(key), String(rest[rest.index(after: rest.startIndex)..<end]))
    }

    private static func report(
        _ reason: String, column: Int, at position: (line: Int, text: String)
    ) -> String {
        let margin = String(repeating: " ", count: "\(position.line)".count)
        let indent = String(repeating: " ", count: column - 1)
        return """
            TOML parse error at line \(position.line), column \(column)
            \(margin) |
            \(position.line) | \(position.text)
            \(margin) | \(indent)^
            \(reason)

            """
    }

    private static func hash(of text: String) -> String {
        // The real one is the SHA-1 of the stored text; an event's hash is one too.
        ChainEvent(hash: [], parentHash: nil, eventType: "manifest", data: Array(text.utf8))
            .computedHash()
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            .joined()
    }
}
