/// One option of a program, and the type of its value.
///
/// An option is declared once, as a value; the table parses it, the help text shows it, and
/// ``ParsedOptions`` is indexed by it:
///
///     let port = Option.integer("port", short: "p", in: 0...65_535, default: 9000, help: "…")
///     let table = OptionTable(program: "server", summary: "…", version: "1", options: [port])
///     let number: Int = parsed[port]
public struct Option<Value: Sendable>: DeclaredOption {
    /// What the table and the help text need to know.
    public let declaration: OptionDeclaration
    let defaultValue: Value
    let convert: @Sendable (String) throws(InvalidValue) -> Value

    /// Declares an option of any type.
    ///
    /// - Parameters:
    ///   - name: The long name without its dashes.
    ///   - short: The one-letter name, if there is one.
    ///   - placeholder: How the help text writes the value, for example `HOST:PORT`.
    ///   - environment: The environment variable that replaces the default.
    ///   - defaultValue: The value when the option is not given.
    ///   - defaultText: The default as the help text writes it; nil shows none.
    ///   - help: One or two sentences.
    ///   - convert: Turns the text into the value, or says what was expected instead.
    /// - Returns: The option, to be listed in a table and to index its result.
    public static func value(
        _ name: String, short: Character? = nil, placeholder: String, environment: String? = nil,
        default defaultValue: Value, defaultText: String? = nil, help: String,
        convert: @escaping @Sendable (String) throws(InvalidValue) -> Value
    ) -> Option {
        Option(
            declaration: OptionDeclaration(
                name: name, short: short, placeholder: placeholder, environment: environment,
                defaultText: defaultText, help: help),
            defaultValue: defaultValue, convert: convert)
    }

    /// Converts `text` for the table, which keeps values of all types side by side.
    public func converted(_ text: String) throws(InvalidValue) -> any Sendable {
        try convert(text)
    }
}

/// An option whose value type is not looked at.
public protocol DeclaredOption: Sendable {
    /// What the table and the help text need to know.
    var declaration: OptionDeclaration { get }
    /// The value that `text` stands for.
    func converted(_ text: String) throws(InvalidValue) -> any Sendable
}

/// The names and the help of an option.
public struct OptionDeclaration: Sendable, Hashable {
    /// The long name without its dashes.
    public let name: String
    /// The one-letter name.
    public let short: Character?
    /// How the help text writes the value; nil for a flag, which takes none.
    public let placeholder: String?
    /// The environment variable that replaces the default.
    public let environment: String?
    /// The default as the help text writes it.
    public let defaultText: String?
    /// One or two sentences.
    public let help: String
}

/// Why a text is not a value of an option: what was expected, for example `a number from 1 to 5`.
public struct InvalidValue: Error, Sendable, Hashable {
    /// Completes the sentence "expected …".
    public let expectation: String
    /// A legal value that is spelled almost the same.
    public let suggestion: String?

    /// Says what was expected.
    public init(expected expectation: String, suggestion: String? = nil) {
        self.expectation = expectation
        self.suggestion = suggestion
    }
}
