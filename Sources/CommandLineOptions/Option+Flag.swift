extension Option where Value == Bool {
    /// An option without a value: given or not.
    ///
    /// In the environment `1`, `true`, `yes` and `on` switch it on, `0`, `false`, `no` and `off`
    /// leave it off.
    public static func flag(
        _ name: String, short: Character? = nil, environment: String? = nil, help: String
    ) -> Option {
        Option(
            declaration: OptionDeclaration(
                name: name, short: short, placeholder: nil, environment: environment,
                defaultText: nil, help: help),
            defaultValue: false,
            convert: { text throws(InvalidValue) in
                switch text.lowercased() {
                case "1", "true", "yes", "on": return true
                case "0", "false", "no", "off": return false
                default: throw InvalidValue(expected: "1 or 0")
                }
            })
    }
}
