/// Splits a command line into options and the texts of their values.
struct ArgumentReader {
    struct Argument {
        let declaration: OptionDeclaration
        /// The value as written; `1` for a flag.
        let text: String
    }

    private let declarations: [OptionDeclaration]
    private var rest: ArraySlice<String>
    /// Letters of a group such as `-ab` that are still to be read.
    private var letters: Substring = ""

    init(table: OptionTable, arguments: [String]) {
        declarations = table.declarations
        rest = arguments[...]
    }

    /// The next option, nil at the end.
    mutating func next() throws(UsageError) -> Argument? {
        if let letter = letters.popFirst() { return try short(letter) }
        guard let argument = rest.popFirst() else { return nil }
        if argument == "--" {
            if let operand = rest.first { throw Self.unexpected(operand) }
            return nil
        }
        if argument.hasPrefix("--") { return try long(argument.dropFirst(2)) }
        guard argument.hasPrefix("-"), argument.count > 1 else { throw Self.unexpected(argument) }
        letters = argument.dropFirst()
        return try next()
    }

    private mutating func long(_ argument: Substring) throws(UsageError) -> Argument {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts.first.map(String.init) ?? ""
        let attached = parts.count > 1 ? String(parts[1]) : nil
        guard let declaration = declarations.first(where: { $0.name == name }) else {
            let hint = nearest(to: name, in: declarations.map(\.name))
            throw Self.unknown("--\(name)", hint.map { "did you mean --\($0)?" })
        }
        guard declaration.placeholder != nil else {
            if let attached {
                throw UsageError(
                    reason: .unexpectedValue,
                    description: "--\(name) takes no value, got \"\(attached)\"")
            }
            return Argument(declaration: declaration, text: "1")
        }
        if let attached { return Argument(declaration: declaration, text: attached) }
        let text = try value(of: declaration, spelled: "--\(name)")
        return Argument(declaration: declaration, text: text)
    }

    private mutating func short(_ letter: Character) throws(UsageError) -> Argument {
        guard let declaration = declarations.first(where: { $0.short == letter }) else {
            throw Self.unknown("-\(letter)", nil)
        }
        guard declaration.placeholder != nil else {
            return Argument(declaration: declaration, text: "1")
        }
        guard letters.isEmpty else {
            defer { letters = "" }
            return Argument(declaration: declaration, text: String(letters))
        }
        let text = try value(of: declaration, spelled: "-\(letter)")
        return Argument(declaration: declaration, text: text)
    }

    /// The argument behind an option, unless it looks like an option itself.
    private mutating func value(
        of declaration: OptionDeclaration, spelled name: String
    ) throws(UsageError) -> String {
        let placeholder = declaration.placeholder ?? "VALUE"
        guard let text = rest.first else {
            throw UsageError(
                reason: .missingValue, description: "\(name) needs a value: \(name) \(placeholder)")
        }
        let second = text.dropFirst().first
        guard !text.hasPrefix("-") || second == nil || second?.isNumber == true else {
            throw UsageError(
                reason: .missingValue,
                description: "\(name) needs a value, got the option \(text); "
                    + "if that is the value, write --\(declaration.name)=\(text)")
        }
        rest.removeFirst()
        return text
    }

    private static func unknown(_ name: String, _ hint: String?) -> UsageError {
        UsageError(
            reason: .unknownOption,
            description: "unknown option \(name); \(hint ?? "--help lists the options")")
    }

    private static func unexpected(_ argument: String) -> UsageError {
        UsageError(
            reason: .unexpectedArgument,
            description: "unexpected argument \"\(argument)\"; this program takes options only")
    }
}
