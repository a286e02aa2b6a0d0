extension Option {
    /// One of a few words, each standing for a value.
    ///
    /// `choices` are listed in their order by the help text.
    ///
    /// - Precondition: `defaultChoice` is one of the words.
    public static func choice(
        _ name: String, short: Character? = nil, environment: String? = nil,
        of choices: KeyValuePairs<String, Value>, default defaultChoice: String, help: String
    ) -> Option {
        let pairs = choices.map { (word: $0.key, value: $0.value) }
        guard let defaultValue = pairs.first(where: { $0.word == defaultChoice })?.value else {
            preconditionFailure("--\(name): the default \(defaultChoice) is not among the choices")
        }
        return choice(
            name, short: short, environment: environment, pairs: pairs,
            defaultWord: defaultChoice, defaultValue: defaultValue, help: help)
    }

    private static func choice(
        _ name: String, short: Character?, environment: String?,
        pairs: [(word: String, value: Value)], defaultWord: String, defaultValue: Value,
        help: String
    ) -> Option {
        value(
            name, short: short, placeholder: pairs.map(\.word).joined(separator: "|"),
            environment: environment, default: defaultValue, defaultText: defaultWord, help: help,
            convert: { text throws(InvalidValue) in
                if let pair = pairs.first(where: { $0.word == text }) { return pair.value }
                let words = pairs.map(\.word)
                throw InvalidValue(
                    expected: "one of \(words.joined(separator: ", "))",
                    suggestion: nearest(to: text, in: words))
            })
    }
}

extension Option
where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
    /// One case of an enumeration, written as its raw value.
    public static func choice(
        _ name: String, short: Character? = nil, environment: String? = nil,
        default defaultValue: Value, help: String
    ) -> Option {
        choice(
            name, short: short, environment: environment,
            pairs: Value.allCases.map { (word: $0.rawValue, value: $0) },
            defaultWord: defaultValue.rawValue, defaultValue: defaultValue, help: help)
    }
}
