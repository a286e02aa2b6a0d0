import TheaterProtocol
import UVEventLoop

@testable import TheaterTesting

/// The least client that can show what a server does on the wire.
///
/// Its state lives on its loop's thread, which is what makes it `Sendable`.
final class WireClient: LoopStreamDelegate, @unchecked Sendable {
    enum Event: Sendable, Equatable {
        case connected
        case message(ServerMessage)
        case broken(WireError.Reason)
        case closed(StreamCloseReason)
    }

    private let loop: EventLoop
    private var stream: LoopStream?
    private var encoder: MessageEncoder
    private var decoder: MessageDecoder
    private var isBroken = false
    private var events: [Event] = []
    private var chunks: [[UInt8]] = []
    private var waiter: CheckedContinuation<Event, Never>?

    private init(loop: EventLoop, format: WireFormat) {
        self.loop = loop
        encoder = MessageEncoder(format: format)
        decoder = MessageDecoder(format: format)
    }

    /// Connects to a server, in its wire format unless another is given.
    static func connect(
        to server: TestServer, on loop: EventLoop, format: WireFormat? = nil
    ) async -> WireClient {
        let client = WireClient(loop: loop, format: format ?? server.configuration.era.wireFormat)
        let port = server.port
        loop.submit {
            client.stream = LoopStream.connect(
                on: loop, to: .host(server.configuration.host, port: port), delegate: client)
        }
        return client
    }

    /// One write for all.
    func send(_ commands: Command...) {
        send(commands)
    }

    func send(_ commands: [Command]) {
        loop.submit {
            let bytes = commands.flatMap { command in
                (try? self.encoder.encode(command.encoded())) ?? []
            }
            self.stream?.write(bytes, token: 0)
        }
    }

    func sendRaw(_ bytes: [UInt8]) {
        loop.submit { self.stream?.write(bytes, token: 0) }
    }

    /// What happens next.
    func next() async -> Event {
        await withCheckedContinuation { continuation in
            loop.submit {
                if self.events.isEmpty {
                    self.waiter = continuation
                } else {
                    continuation.resume(returning: self.events.removeFirst())
                }
            }
        }
    }

    /// Sizes of the reads so far.
    func readSizes() async -> [Int] {
        await withCheckedContinuation { continuation in
            loop.submit { continuation.resume(returning: self.chunks.map(\.count)) }
        }
    }

    /// All bytes read so far.
    func readBytes() async -> [UInt8] {
        await withCheckedContinuation { continuation in
            loop.submit { continuation.resume(returning: Array(self.chunks.joined())) }
        }
    }

    func pauseReading() {
        loop.submit { self.stream?.pauseReading() }
    }

    func resumeReading() {
        loop.submit { self.stream?.resumeReading() }
    }

    func close() {
        loop.submit { self.stream?.close() }
    }

    private func report(_ event: Event) {
        if let waiter {
            self.waiter = nil
            waiter.resume(returning: event)
        } else {
            events.append(event)
        }
    }

    func streamDidConnect(_ stream: LoopStream) {
        report(.connected)
    }

    func stream(_ stream: LoopStream, didRead bytes: [UInt8]) {
        chunks.append(bytes)
        decoder.append(bytes)
        guard !isBroken else { return }
        do throws(WireError) {
            while let message = try decoder.next(now: .zero) {
                report(.message(try ServerMessage(decoding: message)))
            }
        } catch {
            isBroken = true
            report(.broken(error.reason))
        }
    }

    func stream(_ stream: LoopStream, didFinishWrite token: UInt64, handedOver: Bool) {}

    func streamDidClose(_ stream: LoopStream, reason: StreamCloseReason) {
        report(.closed(reason))
        self.stream = nil
    }
}
