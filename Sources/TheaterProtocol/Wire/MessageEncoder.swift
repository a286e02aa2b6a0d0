/// Inner message → bytes for the wire, length prefixes included.
///
/// One encoder per connection and direction: it numbers the fragmented messages from 1.
public struct MessageEncoder: Sendable {
    private let format: WireFormat
    private let fragmentBytes: Int
    private var lastMessageID: UInt64 = 0

    /// Base64 grows a fragment by a third, and its frame must stay within `Limits.frameBytes`.
    private static let largestFragmentBytes = 24 << 20 - 1_024

    /// An encoder for a new connection.
    ///
    /// - Parameters:
    ///   - format: How the peer unpacks messages.
    ///   - fragmentBytes: Largest message sent whole, and size of a fragment: 8 MiB for real
    ///     servers since 2025-07-08, 12 MiB before; clamped to 1 byte … 24 MiB less 1 KiB. Never
    ///     less than 8 MiB towards a real server, which stalls on small ones.
    public init(format: WireFormat, fragmentBytes: Int = Limits.fragmentBytes) {
        self.format = format
        self.fragmentBytes = min(max(fragmentBytes, 1), Self.largestFragmentBytes)
    }

    /// Packs one message: as a whole where it fits, else as fragments.
    ///
    /// - Parameter message: The JSON text of one command or reply.
    /// - Returns: One frame, or all fragments one behind the other.
    /// - Throws: `WireError` with `frameTooLarge` when a plain frame would exceed 32 MiB, with
    ///   `messageTooLarge` or `tooManyFragments` when the receiver's limits would be exceeded.
    public mutating func encode(_ message: [UInt8]) throws(WireError) -> [UInt8] {
        var output: [UInt8] = []
        switch format {
        case .plain:
            guard message.count <= Limits.frameBytes else {
                throw WireError(
                    reason: .frameTooLarge,
                    description: "message of \(message.count) bytes exceeds a frame's "
                        + "\(Limits.frameBytes) bytes")
            }
            output.reserveCapacity(message.count + 4)
            Self.appendPrefix(message.count, to: &output)
            output.append(contentsOf: message)
        case .fragmenting:
            let count = Envelope.completeCount(of: message)
            // Digits take up to four bytes each, so even a message below the threshold can
            // outgrow a frame; a single fragment is legal (wire reference §2.3).
            if message.count <= fragmentBytes, count <= Limits.frameBytes {
                output.reserveCapacity(count + 4)
                Self.appendPrefix(count, to: &output)
                Envelope.appendComplete(message, to: &output)
            } else {
                try appendFragments(of: message, to: &output)
            }
        }
        return output
    }

    private mutating func appendFragments(
        of message: [UInt8], to output: inout [UInt8]
    ) throws(WireError) {
        let total = (message.count + fragmentBytes - 1) / fragmentBytes
        guard message.count <= Limits.messageBytes else {
            throw WireError(
                reason: .messageTooLarge,
                description: "message of \(message.count) bytes exceeds "
                    + "\(Limits.messageBytes) bytes")
        }
        guard total <= Limits.fragmentsPerMessage else {
            throw WireError(
                reason: .tooManyFragments,
                description: "message needs \(total) fragments; "
                    + "the limit is \(Limits.fragmentsPerMessage)")
        }
        lastMessageID += 1
        for index in 0..<total {
            let start = index * fragmentBytes
            let payload = Fragment.payload(
                messageID: lastMessageID, index: index, total: total,
                data: message[start..<min(start + fragmentBytes, message.count)])
            Self.appendPrefix(payload.count, to: &output)
            output.append(contentsOf: payload)
        }
    }

    private static func appendPrefix(_ length: Int, to output: inout [UInt8]) {
        for shift in [24, 16, 8, 0] {
            output.append(UInt8(truncatingIfNeeded: length >> shift))
        }
    }
}
