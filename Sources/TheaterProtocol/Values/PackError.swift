/// Why bytes or JSON are no value this library reads.
public struct PackError: Error, Equatable, CustomStringConvertible {
    /// The kinds of fault.
    public enum Reason: Sendable, Equatable {
        /// JSON of another shape.
        case invalidJSON
        /// Bytes that do not begin like a graph, or a version other than 2.
        case notAGraph
        /// Lengths or counts that reach beyond the bytes there are.
        case truncated
        /// Bytes behind the last node, or behind the content of a node.
        case trailingBytes
        /// A node of an unknown kind or with content its kind does not allow.
        case invalidNode
        /// A reference to a node that does not exist.
        case childOutOfRange
        /// A node that contains itself.
        case cycle
        /// Nesting deeper than `Limits.graphDepth`.
        case tooDeep
        /// Nodes shared so often that the value outgrows its bytes.
        case tooLarge
    }

    /// The kind of fault.
    public let reason: Reason
    /// One line for people.
    public let description: String

    init(_ reason: Reason, _ description: String) {
        self.reason = reason
        self.description = description
    }
}
