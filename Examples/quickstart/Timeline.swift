import Synchronization
import Theater

/// Draws what happens, one line each, with the time since the beginning.
///
/// Called from the client's loop thread and from the story's tasks; a lock keeps the lines whole and in
/// order. Lines that repeat are drawn once, with their number.
final class Timeline: ClientObserver {
    private struct Drawing {
        var reconnections = 0
        var last: (time: Duration, text: String)?
        var repetitions = 0
    }

    private let start = ContinuousClock.now
    private let drawing = Mutex(Drawing())

    var reconnections: Int { drawing.withLock { $0.reconnections } }

    func chapter(_ title: String) {
        finish()
        drawing.withLock { _ in print("\n           \(title)") }
    }

    func note(_ text: String) { line("· \(text)") }

    func answered(_ count: Int, after time: Duration) {
        let subject = count == 1 ? "answered" : "\(count) answered"
        line("◀ \(subject) after \(time.inMilliseconds)")
    }

    func failed(_ error: TheaterError) { line("✗ \(error)") }

    /// Draws what is still held back.
    func finish() {
        drawing.withLock { drawing in
            Self.draw(drawing.last, repetitions: drawing.repetitions)
            drawing.last = nil
        }
    }

    func observe(_ event: ClientEvent) {
        switch event {
        case .stateChanged(let state): line("│ \(describe(state))")
        case .dialStarted(let attempt): line("├ dials (attempt \(attempt))")
        case .dialFailed(_, let failure, let wait):
            line("╳ \(failure); waits \(wait.inMilliseconds)")
        case .connectionLost(let failure): line("╳ \(failure)")
        case .recovered(let downtime, let dials):
            drawing.withLock { $0.reconnections += 1 }
            line(
                "┼ recovered after \(downtime.inMilliseconds), \(dials) dial\(dials == 1 ? "" : "s")"
            )
        case .requestSentAgain(let command, let attempt):
            line("↻ \(command) goes out again (attempt \(attempt))")
        case .unknownMessage(let variant): line("? unknown message \(variant)")
        }
    }

    private func describe(_ state: ConnectionState) -> String {
        switch state {
        case .disconnected(.some(let retryAt), _, _):
            "disconnected, next dial in \((retryAt - .now).inMilliseconds)"
        case .disconnected: "disconnected"
        case .connecting(.dialling, _): "connecting"
        case .connecting(.verifying, _): "connecting: opening fence sent"
        case .connected(_, let format): "connected (\(format.rawValue))"
        case .closed: "closed"
        }
    }

    private func line(_ text: String) {
        let time = ContinuousClock.now - start
        drawing.withLock { drawing in
            if drawing.last?.text == text {
                drawing.repetitions += 1
                return
            }
            Self.draw(drawing.last, repetitions: drawing.repetitions)
            drawing.last = (time, text)
            drawing.repetitions = 1
        }
    }

    private static func draw(_ line: (time: Duration, text: String)?, repetitions: Int) {
        guard let line else { return }
        let time = String(Int(line.time / .milliseconds(1)))
        let indent = String(repeating: " ", count: max(0, 7 - time.count))
        print("\(indent)\(time) ms \(line.text)\(repetitions > 1 ? " (\(repetitions) times)" : "")")
    }
}

extension Duration {
    fileprivate var inMilliseconds: String {
        let tenths = (self / .microseconds(100)).rounded()
        return "\(tenths / 10) ms"
    }
}
