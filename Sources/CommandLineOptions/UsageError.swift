/// A command line that a program cannot follow.
///
/// The description is one line that names the option and, where there is one, the right spelling.
public struct UsageError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong with the command line.
    public enum Reason: Sendable, Hashable {
        /// There is no such option.
        case unknownOption
        /// The option needs a value and none followed.
        case missingValue
        /// A flag was given a value.
        case unexpectedValue
        /// The value is not one of those that the option takes.
        case invalidValue
        /// The option was given twice.
        case repeatedOption
        /// An argument that belongs to no option.
        case unexpectedArgument
        /// Options that do not go together.
        case conflictingOptions
    }

    /// What is wrong.
    public let reason: Reason
    /// One line for people.
    public let description: String

    /// An error that a program finds in options which are each right, but not together.
    public init(reason: Reason, description: String) {
        self.reason = reason
        self.description = description
    }

    /// The exit status for it: 64, `EX_USAGE` of `sysexits.h`.
    public var exitStatus: Int32 { 64 }
}
