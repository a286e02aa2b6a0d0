/// All options of one program: the only source of its parsing, its errors and its help text.
///
/// `--help` and `--version` are part of every table. The spellings follow POSIX and GNU:
/// `--port 9000`, `--port=9000`, `-p 9000`, `-p9000`; flags without a value may share one dash
/// (`-ab`); `--` ends the options. A value that is an argument of its own may not begin with a
/// dash unless it is a number or a single dash; `--name=-value` always works.
public struct OptionTable: Sendable {
    /// The name of the executable.
    public let program: String
    /// One line about the program.
    public let summary: String
    /// What `--version` prints after the program's name.
    public let version: String
    /// The options in the order of the help text.
    public let options: [any DeclaredOption]

    /// Declares a program's options.
    ///
    /// - Precondition: Names, long and short, are not used twice, and not `help` or `version`.
    public init(program: String, summary: String, version: String, options: [any DeclaredOption]) {
        self.program = program
        self.summary = summary
        self.version = version
        self.options = options
        let names = declarations.map(\.name)
        precondition(Set(names).count == names.count, "an option name is used twice")
        let shorts = declarations.compactMap(\.short)
        precondition(Set(shorts).count == shorts.count, "a one-letter option is used twice")
    }

    /// The options and the two that every program has.
    var declarations: [OptionDeclaration] {
        options.map(\.declaration) + [Self.help, Self.version]
    }

    static let help = OptionDeclaration(
        name: "help", short: "h", placeholder: nil, environment: nil, defaultText: nil,
        help: "Print this text.")
    static let version = OptionDeclaration(
        name: "version", short: nil, placeholder: nil, environment: nil, defaultText: nil,
        help: "Print the version.")
}
