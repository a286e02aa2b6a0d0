import TheaterProtocol
import TheaterStateMachine

/// One connection: what the kernel has taken of each write, what the server still has to execute, and
/// what it has answered.
///
/// ```
///   machine ── write ──▶ unsent ── kernel takes bytes ──▶ inKernel ── server executes ──▶ toClient ──▶ machine
/// ```
///
/// Outward only lengths matter, so commands travel as values; inward the bytes are real.
final class SimulatedConnection {
    enum Phase {
        case dialling
        case established
        case ended
    }

    /// What a frame holds.
    enum Content: Equatable {
        case request(RequestID)
        case fence(ActorID)
        /// Packed in the format that this server does not speak.
        case unreadable

        var isRequest: Bool { if case .request = self { true } else { false } }
    }

    struct Frame {
        var content: Content
        var unsentBytes: Int
    }

    struct Write {
        var token: UInt64
        var frames: [Frame]
    }

    let id: ConnectionID
    var phase = Phase.dialling
    /// The machine wants it closed; its end is still to be reported.
    var isClosing = false
    /// The echo of the opening fence has been delivered.
    var isEchoed = false
    /// The server reads but never answers again.
    var isHalfDead = false
    var unsent: [Write] = []
    /// Wholly taken writes whose callback is still to come.
    var unreported: [UInt64] = []
    var inKernel: [Content] = []
    var toClient: [UInt8] = []
    /// Written by the machine, and not answered as far as it can know.
    var unanswered: [Content] = []
    /// What lies in `toClient` or was delivered, with the position in the stream where it ends.
    var answers: [(content: Content, end: Int)] = []
    var sentBytes = 0
    var deliveredBytes = 0
    var encoder: MessageEncoder

    var unsentBytes: Int { unsent.flatMap(\.frames).reduce(0) { $0 + $1.unsentBytes } }

    init(id: ConnectionID, format: WireFormat) {
        self.id = id
        encoder = MessageEncoder(format: format)
    }

    /// The kernel takes up to so many bytes; returns the frames it has wholly now.
    func take(_ limit: Int) -> [Content] {
        var room = limit
        var whole: [Content] = []
        while room > 0, !unsent.isEmpty {
            while room > 0, let frame = unsent[0].frames.first {
                let taken = min(room, frame.unsentBytes)
                room -= taken
                unsent[0].frames[0].unsentBytes -= taken
                if taken == frame.unsentBytes {
                    unsent[0].frames.removeFirst()
                    whole.append(frame.content)
                }
            }
            guard unsent[0].frames.isEmpty else { break }
            unreported.append(unsent.removeFirst().token)
        }
        inKernel += whole
        return whole
    }

    /// The server sends; `content` is the command this answers, nil for a push.
    func send(_ message: ServerMessage, answering content: Content?) {
        guard let bytes = try? encoder.encode(message.encoded(as: .june2025)) else { return }
        toClient += bytes
        sentBytes += bytes.count
        if let content { answers.append((content, sentBytes)) }
    }

    /// Takes out what the client reads next.
    func deliver(_ limit: Int) -> [UInt8] {
        let bytes = Array(toClient.prefix(limit))
        toClient.removeFirst(bytes.count)
        deliveredBytes += bytes.count
        while let answer = answers.first, answer.end <= deliveredBytes {
            answers.removeFirst()
            if case .fence = answer.content {
                isEchoed = true
                // Whatever stands before an echo will never be answered.
                if let index = unanswered.firstIndex(of: answer.content) {
                    unanswered.removeSubrange(...index)
                }
            } else if let index = unanswered.firstIndex(of: answer.content) {
                unanswered.remove(at: index)
            }
        }
        return bytes
    }
}
