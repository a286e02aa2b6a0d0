import TheaterProtocol
import UVEventLoop

@testable import TheaterTesting

/// Answers one command as it was answered on record, and what is asked besides from a default.
///
/// Loop thread only, which is what the unchecked `Sendable` stands for.
final class ReplayServer: @unchecked Sendable {
    /// One call's part of a server's life.
    struct Scene: Sendable {
        let exchange: RecordedExchange
        let status: ActorStatus
        /// How often the command has come.
        var count = 0
        /// Commands that nobody should have sent, and requests that differ from the recorded one.
        var surprises: [String] = []
        /// The subscribed actor is no more.
        var isOver = false
    }

    /// An actor of no recording: a restarted one's new id, or the other end of a channel.
    static let stranger: ActorID = {
        var generator = SystemRandomNumberGenerator()
        return .random(using: &generator)
    }()

    let era: ServerEra
    private let loop: EventLoop
    private var listener: Listener?
    fileprivate var scene: Scene?

    private init(era: ServerEra, loop: EventLoop) {
        self.era = era
        self.loop = loop
    }

    /// A server that is gone when `body` ends, with nothing left alive.
    static func run(
        era: ServerEra, _ body: (ReplayServer, UInt16) async throws -> Void
    ) async throws {
        let loop = try EventLoop(name: "replay")
        let server = ReplayServer(era: era, loop: loop)
        let port = await loop.ask { server.listen() } ?? .failure(UVError(code: -125))
        let result: Result<Void, any Error>
        do { result = .success(try await body(server, try port.get())) } catch {
            result = .failure(error)
        }
        await loop.shutDown()
        let counts = await loop.liveCounts
        precondition(counts.handles == 0 && counts.requests == 0, "\(counts)")
        try result.get()
    }

    private func listen() -> Result<UInt16, UVError> {
        Result { () throws(UVError) in
            let listener = try Listener(
                on: loop, address: "127.0.0.1", port: 0, options: .init()
            ) { [unowned self] stream in
                stream.delegate = ReplayConnection(server: self)
            }
            self.listener = listener
            return listener.port
        }
    }

    func begin(_ scene: Scene) async {
        _ = await loop.ask { self.scene = scene }
    }

    func currentScene() async -> Scene? {
        await loop.ask { self.scene } ?? nil
    }

    /// The answer to what the recorded command does not cover; nil for what must not come.
    fileprivate func sideAnswer(to command: Command) -> ServerMessage? {
        guard let scene else { return nil }
        switch (command, scene.exchange.command) {
        case (.unsubscribeFromActor(let id, _), _): return .unsubscribed(id)
        case (.getActorStatus(let id), _): return .actorStatus(id, scene.status)
        case (.getActorState(let id), .restartActor): return .actorState(id, .bytes([]))
        case (.listActors, .restartActor(let id)):
            let running = scene.count == 0 ? id : Self.stranger
            return .actorList([ActorSummary(id: running, name: "restarted")])
        case (.subscribeToActor(let id), _) where scene.isOver:
            var generator = SystemRandomNumberGenerator()
            return .subscribed(id, .random(using: &generator))
        case (.listActors, .subscribeToActor(let id)) where !scene.isOver:
            return .actorList([ActorSummary(id: id, name: "subscribed")])
        case (.listActors, let command) where command.subscribes: return .actorList([])
        case (.openChannel(let actor, _), _):
            return scene.exchange.channel.map { .channelOpened($0, actor) }
        case (.closeChannel(let id), .openChannel), (.closeChannel(let id), .sendOnChannel):
            return .channelClosed(id)
        default: return nil
        }
    }
}

private final class ReplayConnection: LoopStreamDelegate {
    private let server: ReplayServer
    private var decoder: MessageDecoder
    private var hasSubscribed = false

    init(server: ReplayServer) {
        self.server = server
        decoder = MessageDecoder(format: server.era.wireFormat)
    }

    func streamDidConnect(_ stream: LoopStream) {}
    func stream(_ stream: LoopStream, didFinishWrite token: UInt64, handedOver: Bool) {}
    func streamDidClose(_ stream: LoopStream, reason: StreamCloseReason) {}

    func stream(_ stream: LoopStream, didRead bytes: [UInt8]) {
        decoder.append(bytes)
        do {
            while let message = try decoder.next(now: .zero) { try answer(message, on: stream) }
        } catch {
            server.scene?.surprises.append("\(error)")
            stream.close()
        }
    }

    private func answer(_ message: [UInt8], on stream: LoopStream) throws {
        // The newest of those that know a command of another date.
        let command =
            try (try? Command(decoding: message, era: .june2025))
            ?? Command(decoding: message, era: .july2026)
        let isOver = server.scene?.isOver == true
        if let scene = server.scene, command == scene.exchange.command, !isOver {
            server.scene?.count += 1
            if message != scene.exchange.request, scene.exchange.isSpelledByClient {
                server.scene?.surprises.append(String(decoding: message, as: UTF8.self))
            }
            play(scene.exchange, on: stream)
        } else if let reply = server.sideAnswer(to: command) {
            var encoder = MessageEncoder(format: server.era.wireFormat)
            stream.write(try encoder.encode(reply.encoded(as: server.era)), token: 0)
            // The fence behind a subscription: the client has all there is.
            if hasSubscribed { end(stream) }
        } else {
            server.scene?.surprises.append("\(command)")
            stream.close()
        }
    }

    private func play(_ exchange: RecordedExchange, on stream: LoopStream) {
        if !exchange.frames.isEmpty { stream.write(exchange.frames, token: 0) }
        switch (exchange.outcome, exchange.command) {
        case (.end, _): stream.closeAfterWrites()
        case (.reset, _): stream.closeWithReset()
        case (_, .startActor(_, _, _, subscribe: true)): end(stream)
        case (_, .subscribeToActor): hasSubscribed = true
        default: break
        }
    }

    private func end(_ stream: LoopStream) {
        server.scene?.isOver = true
        stream.closeAfterWrites()
    }
}
