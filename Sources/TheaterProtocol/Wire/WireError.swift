/// What the bytes of a peer did wrong; the connection cannot go on.
public struct WireError: Error, Equatable, CustomStringConvertible {
    /// The kinds of fault.
    public enum Reason: Sendable, Equatable {
        /// A length prefix of zero.
        case emptyFrame
        /// A length prefix, or a message to send, above `Limits.frameBytes`.
        case frameTooLarge
        /// A frame that is neither `Complete` nor `Fragment`.
        case invalidEnvelope
        /// A fragment that contradicts itself or an earlier one.
        case invalidFragment
        /// More fragments, or more incomplete messages, than the limits allow.
        case tooManyFragments
        /// Fragments that hold more than `Limits.messageBytes`.
        case messageTooLarge
        /// A message that is not JSON.
        case invalidJSON
        /// A message that is JSON but no command, reply or push.
        case invalidMessage
    }

    /// The kind of fault.
    public let reason: Reason
    /// One line for people; quotes printable bytes when a prefix looks like text.
    public let description: String

    /// An error of a kind.
    ///
    /// - Parameters:
    ///   - reason: The kind of fault.
    ///   - description: One line for people.
    public init(reason: Reason, description: String) {
        self.reason = reason
        self.description = description
    }

    /// A message that could not be read.
    init(_ fault: JSONFault, in what: String) {
        switch fault.kind {
        case .syntax:
            self.init(reason: .invalidJSON, description: "\(what) is not JSON: \(fault.error)")
        case .shape:
            self.init(reason: .invalidMessage, description: "invalid \(what): \(fault.error)")
        }
    }
}
