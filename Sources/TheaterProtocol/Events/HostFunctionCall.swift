/// A call of an actor into its host, since 2026-01 (wire reference §9).
public struct HostFunctionCall: Sendable, Equatable {
    /// For example `theater:simple/runtime`.
    public let interface: String
    /// For example `log`.
    public let function: String
    /// What the actor passed.
    public let input: PayloadValue
    /// What the host returned.
    public let output: PayloadValue

    /// A call with what it took and gave.
    ///
    /// - Parameters:
    ///   - interface: The interface the function belongs to.
    ///   - function: The function's name.
    ///   - input: What the actor passed.
    ///   - output: What the host returned.
    public init(
        interface: String, function: String, input: PayloadValue, output: PayloadValue
    ) {
        self.interface = interface
        self.function = function
        self.input = input
        self.output = output
    }
}
