import TheaterProtocol

/// An argument with a value the tool cannot use, told so that a model can repair it.
struct InvalidArgument: Error, Equatable, Sendable {
    /// The whole sentence: which argument, what was expected, what came, what to do.
    let text: String

    init(_ text: String) {
        self.text = text
    }

    /// "`name` must be `expectation`; got `value`." and a sentence on how to get a right value.
    init(_ name: String, mustBe expectation: String, got value: JSONValue, advice: String = "") {
        let found = "\(name) must be \(expectation); got \(Self.quoted(value))."
        text = advice.isEmpty ? found : "\(found) \(advice)"
    }

    /// The value as JSON, shortened: an argument may be megabytes long.
    private static func quoted(_ value: JSONValue) -> String {
        let longest = 80
        switch value {
        case .string(let text) where text.utf8.count > longest:
            return "\"\(text.prefix(longest / 2))…\" (\(text.utf8.count) bytes)"
        case .array(let elements):
            return "an array of \(elements.count)"
        case .object(let object):
            let names = object.members.prefix(5).map { "\"\($0.name.prefix(longest / 2))\"" }
            return names.isEmpty ? "{}" : "an object with \(names.joined(separator: ", "))"
        default:
            return String(decoding: value.encoded(), as: UTF8.self)
        }
    }
}
