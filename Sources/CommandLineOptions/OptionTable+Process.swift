import Glibc

extension OptionTable {
    /// The options of this process, for the first line of a `main`.
    ///
    /// Reads the arguments and the declared environment variables. Prints the answer to `--help`
    /// or `--version` and exits with 0; prints a usage error to standard error and exits with 64.
    public func parseProcessArgumentsOrExit() -> ParsedOptions {
        var environment: [String: String] = [:]
        for variable in declarations.compactMap(\.environment) {
            if let text = getenv(variable) { environment[variable] = String(cString: text) }
        }
        do throws(UsageError) {
            switch try parse(Array(CommandLine.arguments.dropFirst()), environment: environment) {
            case .run(let parsed):
                return parsed
            case .print(let text):
                Swift.print(text)
                exit(0)
            }
        } catch {
            exitWithUsageError(error)
        }
    }

    /// Prints a usage error with a pointer to `--help` to standard error and exits with 64.
    ///
    /// For options that are each right but do not go together.
    public func exitWithUsageError(_ error: UsageError) -> Never {
        let text = "\(program): \(error)\nTry '\(program) --help' for more information.\n"
        _ = write(STDERR_FILENO, text, text.utf8.count)
        exit(error.exitStatus)
    }
}
