extension Option where Value == String {
    /// Any text that is not empty.
    public static func text(
        _ name: String, short: Character? = nil, placeholder: String, environment: String? = nil,
        default defaultValue: String, help: String
    ) -> Option {
        value(
            name, short: short, placeholder: placeholder, environment: environment,
            default: defaultValue, defaultText: defaultValue, help: help, convert: nonEmptyText)
    }
}

extension Option where Value == String? {
    /// Any text that is not empty; nil when the option is not given.
    public static func text(
        _ name: String, short: Character? = nil, placeholder: String, environment: String? = nil,
        help: String
    ) -> Option {
        value(
            name, short: short, placeholder: placeholder, environment: environment, default: nil,
            help: help, convert: { text throws(InvalidValue) in try nonEmptyText(text) })
    }
}

@Sendable private func nonEmptyText(_ text: String) throws(InvalidValue) -> String {
    guard !text.isEmpty else { throw InvalidValue(expected: "a text that is not empty") }
    return text
}
