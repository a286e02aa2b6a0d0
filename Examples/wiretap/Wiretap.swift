import CommandLineOptions
import Glibc
import TheaterProtocol
import UVEventLoop

/// Looks at the bytes between a Theater client and a server.
///
/// ```
///   client ──▶ Relay ──▶ server          one thread: bytes pass, unchanged
///                │ copies
///                ▼
///               Tap ──▶ transcript, recording ──▶ Playback ──▶ Tap ──▶ transcript
///                        another thread: may be slow                --read
/// ```
@main
enum Wiretap {
    static func main() async {
        let options = Options.table.parseProcessArgumentsOrExit()
        let mode: Mode
        do throws(UsageError) {
            mode = try Mode(options)
        } catch {
            Options.table.exitWithUsageError(error)
        }
        let transcript = Transcript(to: OutputFile(descriptor: STDOUT_FILENO))
        switch mode {
        case .read(let path):
            let tap = Tap(transcript: transcript, recorder: nil, wire: options[Options.wire])
            exit(read(path, with: tap))
        case .relay(let port, let server, let path):
            let recorder = openRecording(path, of: server)
            let tap = Tap(transcript: transcript, recorder: recorder, wire: options[Options.wire])
            do throws(UVError) {
                try await relay(port, to: server, with: tap)
            } catch {
                complain("port \(port): \(error)")
                exit(1)
            }
            if let failure = recorder?.failure {
                complain("the recording is not complete: \(failure)")
                exit(1)
            }
            exit(0)
        }
    }

    /// - Returns: The exit status.
    private static func read(_ path: String, with tap: Tap) -> Int32 {
        // A reader that leaves early is no reason to die of a signal.
        signal(SIGPIPE, SIG_IGN)
        var playback = Playback(into: tap)
        do throws(Playback.Failure) {
            try playback.play(path)
        } catch {
            tap.flush()
            complain("\(error)")
            return 1
        }
        tap.finish()
        return tap.tally.isClean && tap.transcript.failure == nil ? 0 : 1
    }

    /// Relays until a signal comes.
    private static func relay(
        _ port: UInt16, to server: ServerAddress, with tap: Tap
    ) async throws(UVError) {
        let tapLoop = try EventLoop(name: "wiretap-tap")
        let relayLoop = try EventLoop(name: "wiretap-relay")
        let feed = TapFeed(tap: tap, on: tapLoop)
        let relay = Relay(
            loop: relayLoop, server: .host(server.host, port: server.port), feed: feed)
        let started: Result<UInt16, UVError> = await relayLoop.run { done in
            done(relay.listen(on: port))
        }
        let listeningPort = try started.get()
        await relayLoop.run { done in
            relay.watchSignals { done(()) }
            tapLoop.submit {
                tap.transcript.plain(
                    "listening on 127.0.0.1:\(listeningPort), relaying to \(server.description)")
                tap.flush()
            }
        }
        await relayLoop.run { done in
            relay.stop(patience: .seconds(2))
            done(())
        }
        await tapLoop.shutDown()
        tap.tally.unseenConnections = feed.unseenConnectionCount
        tap.finish()
        await relayLoop.shutDown()
    }

    private static func openRecording(
        _ path: String?, of server: ServerAddress
    ) -> RecordingWriter? {
        guard let path else { return nil }
        do throws(FileError) {
            let recorder = try RecordingWriter(path: path)
            recorder.title("wiretap between its clients and \(server.description)")
            return recorder
        } catch {
            Options.table.exitWithUsageError(
                UsageError(reason: .invalidValue, description: "--record: \(error)"))
        }
    }
}

extension Tap {
    /// The closing lines.
    fileprivate func finish() {
        for remark in tally.remarks { transcript.plain(remark) }
        transcript.plain(tally.closingLine)
        flush()
    }
}

extension EventLoop {
    /// Runs `body` on the loop, which calls its argument exactly once.
    fileprivate func run<Value: Sendable>(
        _ body: @escaping @Sendable (_ done: @escaping @Sendable (Value) -> Void) -> Void
    ) async -> Value {
        await withCheckedContinuation { (continuation: CheckedContinuation<Value, Never>) in
            // Never refused: the loop is shut down by the same task, later.
            submit { body { continuation.resume(returning: $0) } }
        }
    }
}
