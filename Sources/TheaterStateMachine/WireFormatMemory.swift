package import TheaterProtocol

/// Which wire format to open a connection with (resilience §3.1, *Connected means*).
///
/// The end of a stream proves nothing (a server that accepts and closes looks the same as one that
/// speaks the other format), so only an echo is remembered. And what is remembered only says which format
/// comes first: the server may have been replaced by one of another date since.
package struct WireFormatMemory: Sendable {
    private let fixed: WireFormat?
    private var echoed: WireFormat?

    package init(fixed: WireFormat?) {
        self.fixed = fixed
    }

    /// The formats to try within one dial, in order.
    package var formatsToTry: [WireFormat] {
        if let fixed { return [fixed] }
        return echoed == .fragmenting ? [.fragmenting, .plain] : [.plain, .fragmenting]
    }

    /// True when the first format to try is no more than a guess.
    package var isGuess: Bool { fixed == nil && echoed == nil }

    package mutating func didEcho(in format: WireFormat) {
        echoed = format
    }
}
