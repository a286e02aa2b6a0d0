extension Option where Value == Int {
    /// A whole number of `range`, written in decimal digits.
    public static func integer(
        _ name: String, short: Character? = nil, placeholder: String = "N",
        environment: String? = nil, in range: ClosedRange<Int>, default defaultValue: Int,
        help: String
    ) -> Option {
        value(
            name, short: short, placeholder: placeholder, environment: environment,
            default: defaultValue, defaultText: "\(defaultValue)", help: help,
            convert: { text throws(InvalidValue) in try wholeNumber(text, in: range) })
    }
}

extension Option where Value == Int? {
    /// A whole number of `range`; nil when the option is not given.
    public static func integer(
        _ name: String, short: Character? = nil, placeholder: String = "N",
        environment: String? = nil, in range: ClosedRange<Int>, help: String
    ) -> Option {
        value(
            name, short: short, placeholder: placeholder, environment: environment, default: nil,
            help: help, convert: { text throws(InvalidValue) in try wholeNumber(text, in: range) })
    }
}

extension Option where Value == Duration {
    /// A time in seconds within `range`; fractions are allowed (`0.5`).
    public static func seconds(
        _ name: String, short: Character? = nil, environment: String? = nil,
        in range: ClosedRange<Double>, default defaultValue: Duration, help: String
    ) -> Option {
        value(
            name, short: short, placeholder: "SECONDS", environment: environment,
            default: defaultValue, defaultText: plain(defaultValue / .seconds(1)), help: help,
            convert: { text throws(InvalidValue) in
                guard let seconds = Double(text), range.contains(seconds) else {
                    let (least, greatest) = (plain(range.lowerBound), plain(range.upperBound))
                    throw InvalidValue(
                        expected: "a number of seconds from \(least) to \(greatest)")
                }
                return .seconds(seconds)
            })
    }
}

private func wholeNumber(
    _ text: String, in range: ClosedRange<Int>
) throws(InvalidValue) -> Int {
    guard let number = Int(text), range.contains(number) else {
        throw InvalidValue(
            expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
}

/// Without the `.0` that a whole `Double` ends with.
private func plain(_ number: Double) -> String {
    Int(exactly: number).map { "\($0)" } ?? "\(number)"
}
