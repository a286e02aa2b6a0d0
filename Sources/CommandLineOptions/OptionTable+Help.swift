extension OptionTable {
    /// The answer to `--help`: at most 100 columns, no newline at the end.
    public var helpText: String {
        let rows = declarations.map {
            (left: Self.synopsis(of: $0), right: Self.explanation(of: $0))
        }
        // A long synopsis gets a line of its own; it must not push all the others aside.
        let fitting = rows.map(\.left.count).filter { $0 <= Self.widestSynopsis }
        let indent = (fitting.max() ?? 0) + 2
        var lines = Self.wrapped(summary, to: Self.columns)
        lines += ["", "Usage: \(program) [OPTIONS]", "", "Options:"]
        for row in rows {
            var explanation = Self.wrapped(row.right, to: Self.columns - indent)[...]
            if row.left.count + 2 <= indent, let first = explanation.popFirst() {
                let gap = String(repeating: " ", count: indent - row.left.count)
                lines.append(row.left + gap + first)
            } else {
                lines.append(row.left)
            }
            lines += explanation.map { String(repeating: " ", count: indent) + $0 }
        }
        return lines.joined(separator: "\n")
    }

    private static let columns = 100
    private static let widestSynopsis = 40

    /// "  -p, --port N", long names aligned whether or not there is a short one.
    private static func synopsis(of declaration: OptionDeclaration) -> String {
        let short = declaration.short.map { "  -\($0), " } ?? "      "
        let value = declaration.placeholder.map { " \($0)" } ?? ""
        return "\(short)--\(declaration.name)\(value)"
    }

    private static func explanation(of declaration: OptionDeclaration) -> String {
        var facts: [String] = []
        if let text = declaration.defaultText { facts.append("default: \(text)") }
        if let variable = declaration.environment { facts.append("environment: \(variable)") }
        let suffix = facts.isEmpty ? "" : " [\(facts.joined(separator: "; "))]"
        return declaration.help + suffix
    }

    /// `text` in lines of at most `width` columns, broken at spaces.
    private static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines = [""]
        for word in text.split(separator: " ") {
            let line = lines.removeLast()
            if line.isEmpty {
                lines.append(String(word))
            } else if line.count + 1 + word.count <= width {
                lines.append("\(line) \(word)")
            } else {
                lines += [line, String(word)]
            }
        }
        return lines
    }
}
