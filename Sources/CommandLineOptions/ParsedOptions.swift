/// The values of a program's options, indexed by the options themselves.
public struct ParsedOptions: Sendable {
    var values: [String: any Sendable] = [:]

    /// The value given on the command line, else by the environment, else the default.
    public subscript<Value>(option: Option<Value>) -> Value {
        values[option.declaration.name] as? Value ?? option.defaultValue
    }
}
