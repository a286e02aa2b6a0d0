/// Why a stream ended: the first cause, whatever followed from it.
package enum StreamCloseReason: Sendable, Equatable {
    /// `close`, `closeAfterWrites`, `closeWithReset`, or the loop's shutdown.
    case closedLocally
    /// The peer sent FIN, or the file has been read to its end.
    case endOfStream
    /// Resolving, connecting, reading or writing failed.
    case failed(UVError)
}

/// What a stream reports.
///
/// All calls come on the loop thread, none inside a call to the stream.
package protocol LoopStreamDelegate: AnyObject {
    /// `connect` succeeded. Accepted and standard streams are open from the start and skip this.
    func streamDidConnect(_ stream: LoopStream)

    /// Exactly the bytes of one read, never none.
    func stream(_ stream: LoopStream, didRead bytes: [UInt8])

    /// A write ended, in the order of the writes.
    ///
    /// `handedOver`: the kernel took the last byte. That is not a proof that the peer has it.
    func stream(_ stream: LoopStream, didFinishWrite token: UInt64, handedOver: Bool)

    /// Exactly once, last: after the completion of every write.
    func streamDidClose(_ stream: LoopStream, reason: StreamCloseReason)
}
