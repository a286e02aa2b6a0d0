import TheaterProtocol

/// The conversation with one host: lines in, answers and work out.
///
/// Pure.
///
///                      initialize
///     not negotiated ──────────────▶ negotiated(revision) ─┐ initialize: negotiated anew
///                                          ▲───────────────┘
///
/// A request of the 2026-07-28 era says so in its own `_meta` and is served in either state.
struct Session: Sendable {
    /// What to do about a line.
    enum Step: Equatable, Sendable {
        /// Answer at once.
        case answer(Answer, to: RequestID?)
        /// Start this and answer when it is done.
        case start(Work)
        /// Stop the request and do not answer it any more.
        case cancel(RequestID)
        /// Do these and answer all of them in one array.
        case batch([Step])
        /// Nothing to be done; the text is for the log.
        case ignore(String)
    }

    /// A request that needs time.
    struct Work: Equatable, Sendable {
        enum Operation: Equatable, Sendable {
            case call(ToolName, arguments: JSONObject)
            case read(ResourceAddress, uri: String)
        }

        let id: RequestID
        let revision: ProtocolRevision
        let operation: Operation
        /// A string or an integer under which the host wants to hear that the work goes on.
        var progressToken: RequestID?
    }

    private var negotiated: ProtocolRevision?

    /// Takes a line that was too long to be kept.
    func receiveTooLongLine() -> Step {
        let error = RPCError(
            .invalidRequest, "The line is longer than \(LineFramer.lineBytes) bytes")
        return .answer(.error(error), to: nil)
    }

    /// Takes a line and says what to do about it.
    mutating func receive(_ line: [UInt8]) -> Step {
        switch IncomingLine(line) {
        case .single(let message):
            return receive(message)
        case .unreadable(let error):
            return .answer(.error(error), to: nil)
        case .batch(let messages):
            guard negotiated?.allowsBatches == true, !messages.isEmpty else {
                let reason = messages.isEmpty ? "A batch must not be empty" : Self.noBatches
                return .answer(.error(RPCError(.invalidRequest, reason)), to: nil)
            }
            return .batch(messages.map { receiveInBatch($0) })
        }
    }

    private static let noBatches =
        "Batches exist in protocol revision 2025-03-26 only; send one message per line"

    private mutating func receiveInBatch(_ message: IncomingMessage) -> Step {
        if case .request(let request) = message, request.method == "initialize" {
            let error = RPCError(.invalidRequest, "initialize must not be part of a batch")
            return .answer(.error(error), to: request.id)
        }
        return receive(message)
    }

    private mutating func receive(_ message: IncomingMessage) -> Step {
        switch message {
        case .response:
            return .ignore("a response to no request of ours")
        case .invalid(let error, let id):
            return .answer(.error(error), to: id)
        case .notification("notifications/cancelled", let params):
            guard let id = params["requestId"].flatMap(RequestID.init) else {
                return .ignore("notifications/cancelled without a request id")
            }
            return .cancel(id)
        case .notification(let method, _):
            return .ignore("notification \(method)")
        case .request(let request):
            do throws(RPCError) {
                return try receive(request)
            } catch {
                return .answer(.error(error), to: request.id)
            }
        }
    }

    private mutating func receive(_ request: IncomingMessage.Request) throws(RPCError) -> Step {
        if request.method == "initialize" {
            return .answer(.result(try initialize(request)), to: request.id)
        }
        let named = try RequestMetadata.revision(of: request)
        let handler = MethodHandler(request: request, revision: named ?? negotiated)
        return try handler.step()
    }

    private mutating func initialize(
        _ request: IncomingMessage.Request
    ) throws(RPCError) -> JSONObject {
        guard let requested = request.params["protocolVersion"]?.string else {
            throw RPCError(.invalidParams, "initialize needs a string \"protocolVersion\"")
        }
        let known = ProtocolRevision(rawValue: requested).flatMap { $0.hasHandshake ? $0 : nil }
        let revision = known ?? .counterOffer
        negotiated = revision
        return [
            "protocolVersion": .string(revision.rawValue),
            "capabilities": .object(ServerIdentity.capabilities),
            "serverInfo": .object(ServerIdentity.info),
            "instructions": .string(ServerIdentity.instructions),
        ]
    }
}
