import TheaterProtocol

@testable import TheaterTesting

/// Plays the client's side of a recording into a machine and compares what comes out.
///
/// Answers are compared in order, one by one, ids mapped by first appearance; so are the messages
/// of channels. Times, hashes, metrics, event contents and the order of a list are left out. Other
/// pushes come in an order the real servers do not promise: they are counted by kind.
struct Replay {
    private var machine: ServerMachine
    private let recording: Recording
    private let era: ServerEra
    private var ids = IDMap()
    private var names: [String: ConnectionID] = [:]
    private var peers: [ConnectionID: Peer] = [:]
    private(set) var differences: [String] = []

    private struct Peer {
        var decoder: MessageDecoder
        var answers: [String] = []
        var channelPushes: [String] = []
        var pushes: [String: Int] = [:]
        var isEnded = false
    }

    private let leftOut: Set<String>

    init(_ scenario: String, of era: ServerEra, without leftOut: Set<String>) throws {
        self.leftOut = leftOut
        recording = try Recording(scenario, of: era)
        machine = ServerMachine(era: era, seed: 7)
        self.era = era
    }

    mutating func run() {
        for line in recording.lines where !leftOut.contains(line.connection) {
            let now = Duration.milliseconds(line.milliseconds)
            perform(machine.reachTime(now), now)
            switch line.what {
            case "connected":
                connect(line.connection, now)
            case "sent":
                if let raw = line.raw { send(raw, line.connection, now) }
            case "closed by client":
                if let id = names[line.connection] { machine.closeConnection(id, now: now) }
            case "received":
                receive(line)
            case "eof", "reset":
                expectEnd(line)
            case "silence", "nothing more":
                expectNothing(line)
            default:
                break
            }
        }
        for (name, id) in names.sorted(by: { $0.key < $1.key }) {
            guard let peer = peers[id] else { continue }
            for answer in peer.answers { differ(name, "not recorded: \(answer)") }
            for (kind, count) in peer.pushes where count != 0 {
                differ(name, "\(kind): \(count) more than recorded")
            }
        }
    }

    private mutating func connect(_ name: String, _ now: Duration) {
        let (id, actions) = machine.openConnection(now: now)
        names[name] = id
        let policy: EmptyFramePolicy = era == .april2025 ? .skip : .refuse
        peers[id] = Peer(decoder: MessageDecoder(format: era.wireFormat, emptyFrames: policy))
        perform(actions, now)
    }

    private mutating func send(_ raw: [UInt8], _ name: String, _ now: Duration) {
        guard let id = names[name] else { return }
        peers[id]?.decoder.append(raw)
        pump(id, now)
    }

    private mutating func pump(_ id: ConnectionID, _ now: Duration) {
        while machine.isReading(id) {
            do {
                guard let message = try peers[id]?.decoder.next(now: now) else { return }
                // Bytes that are no UTF-8 stay as they are: there is no id in them.
                let text = String(validating: message, as: UTF8.self).map(ids.translate)
                let bytes = text.map { Array($0.utf8) } ?? message
                let command = try? Command(decoding: bytes, era: era)
                perform(machine.receive(command, on: id, now: now), now)
            } catch {
                perform(machine.receiveBrokenFrame(on: id, now: now), now)
            }
        }
    }

    private mutating func perform(_ actions: [ServerAction], _ now: Duration) {
        for action in actions {
            switch action {
            case .send(let message, let id, _):
                let text = String(decoding: message.encoded(as: era), as: UTF8.self)
                switch Kind(of: text) {
                case .answer: peers[id]?.answers.append(text)
                case .channelPush: peers[id]?.channelPushes.append(text)
                case .push(let kind): peers[id]?.pushes[kind, default: 0] += 1
                }
            case .cut(let id, _):
                peers[id]?.isEnded = true
            case .resumeReading(let id):
                pump(id, now)
            case .stopReading, .sendBytes:
                break
            }
        }
    }

    private mutating func receive(_ line: Recording.Line) {
        guard let id = names[line.connection], var peer = peers[id] else { return }
        defer { peers[id] = peer }
        guard !line.text.isEmpty, !line.text.hasSuffix("…") else {
            if !peer.answers.isEmpty { peer.answers.removeFirst() }
            return
        }
        switch Kind(of: line.text) {
        case .push(let kind):
            peer.pushes[kind, default: 0] -= 1
        case .answer where !peer.answers.isEmpty:
            compare(line, peer.answers.removeFirst())
        case .channelPush where !peer.channelPushes.isEmpty:
            compare(line, peer.channelPushes.removeFirst())
        default:
            differ(line.connection, "missing: \(line.text)")
        }
    }

    private mutating func compare(_ line: Recording.Line, _ ours: String) {
        let shapes = (Self.shape(of: line.text, ids), Self.shape(of: ours, IDMap()))
        if !ids.match(recorded: shapes.0, ours: shapes.1) {
            differ(
                line.connection, "recorded \(shapes.0.prefix(600)), ours \(shapes.1.prefix(600))")
        }
    }

    private mutating func expectEnd(_ line: Recording.Line) {
        guard let id = names[line.connection], peers[id]?.isEnded != true else { return }
        differ(line.connection, "should have ended at \(line.milliseconds)")
    }

    private mutating func expectNothing(_ line: Recording.Line) {
        guard let id = names[line.connection], let peer = peers[id] else { return }
        if let answer = peer.answers.first {
            differ(line.connection, "should be silent at \(line.milliseconds): \(answer)")
        }
        if peer.isEnded { differ(line.connection, "ended before \(line.milliseconds)") }
    }

    private mutating func differ(_ connection: String, _ text: String) {
        differences.append("\(connection): \(text)")
    }
}

extension Replay {
    private enum Kind {
        case answer
        case channelPush
        /// Variant, and type of the event.
        case push(String)

        init(of text: String) {
            guard let message = try? ServerMessage(decoding: Array(text.utf8)) else {
                self = .answer
                return
            }
            switch message {
            case .channelMessage: self = .channelPush
            case .actorEvent(_, let event): self = .push("ActorEvent \(event.eventType)")
            case .actorError, .actorResult: self = .push(message.name)
            default: self = .answer
            }
        }
    }

    /// The text without what differs from run to run; ours for the recorded ids in a list, which
    /// is then sorted.
    private static func shape(of text: String, _ ids: IDMap) -> String {
        guard let message = try? ServerMessage(decoding: Array(text.utf8)) else { return text }
        switch message {
        case .actorList(let actors) where actors.count > 1:
            let items = actors.map { "\(ids.translate($0.id.description)) \($0.name ?? "-")" }
            return items.sorted().joined(separator: "\n")
        case .actorMetrics(let id, let metrics):
            return "metrics of \(id): \(names(in: metrics))"
        case .actorEvents(let id, let events):
            return "events of \(id): \(events.map(\.eventType).sorted())"
        default:
            return text
        }
    }

    private static func names(in value: JSONValue) -> String {
        guard let members = value.object?.members else { return "…" }
        return members.map { "\($0.name): {\(names(in: $0.value))}" }.sorted().joined(
            separator: ", ")
    }
}
