extension OptionTable {
    /// What a command line asks for.
    public enum Outcome: Sendable {
        /// Run with these options.
        case run(ParsedOptions)
        /// Print this text to standard output and leave: the answer to `--help` or `--version`.
        case print(String)
    }

    /// Reads a command line.
    ///
    /// `--help` and `--version` win over everything behind them, and over a bad environment.
    ///
    /// - Parameters:
    ///   - arguments: The arguments without the program's own name.
    ///   - environment: The variables to consider; an empty one counts as not set.
    /// - Returns: The options to run with, or a text to print instead.
    /// - Throws: ``UsageError`` for the first thing that is wrong.
    public func parse(
        _ arguments: [String], environment: [String: String] = [:]
    ) throws(UsageError) -> Outcome {
        var reader = ArgumentReader(table: self, arguments: arguments)
        var parsed = ParsedOptions()
        while let argument = try reader.next() {
            let name = argument.declaration.name
            if name == Self.help.name { return .print(helpText) }
            if name == Self.version.name { return .print("\(program) \(version)") }
            guard parsed.values[name] == nil else {
                throw UsageError(reason: .repeatedOption, description: "--\(name) is given twice")
            }
            parsed.values[name] = try value(of: name, from: argument.text, called: "--\(name)")
        }
        for declaration in declarations where parsed.values[declaration.name] == nil {
            guard let variable = declaration.environment, let text = environment[variable],
                !text.isEmpty
            else { continue }
            parsed.values[declaration.name] = try value(
                of: declaration.name, from: text, called: "environment variable \(variable)")
        }
        return .run(parsed)
    }

    private func value(
        of name: String, from text: String, called label: String
    ) throws(UsageError) -> any Sendable {
        guard let option = options.first(where: { $0.declaration.name == name }) else {
            return text
        }
        do throws(InvalidValue) {
            return try option.converted(text)
        } catch {
            let hint = error.suggestion.map { "; did you mean \($0)?" } ?? ""
            throw UsageError(
                reason: .invalidValue,
                description: "\(label): expected \(error.expectation), got \"\(text)\"\(hint)")
        }
    }
}
