/// Why a text is not JSON this library reads.
public struct JSONError: Error, Equatable, CustomStringConvertible {
    /// What is wrong, for people.
    public let reason: String
    /// Where: bytes from the start of the text.
    public let offset: Int

    /// Reason and place in one line.
    public var description: String { "\(reason) at byte \(offset)" }
}

/// What the pull reader throws: bad JSON, or good JSON of an unexpected shape.
struct JSONFault: Error {
    enum Kind {
        case syntax
        case shape
    }

    let kind: Kind
    let error: JSONError
}
