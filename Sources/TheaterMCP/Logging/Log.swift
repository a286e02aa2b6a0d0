import Glibc

/// Writes log lines to a descriptor that is never standard output.
public struct Log: Sendable {
    /// How much is written; each level includes those before it.
    public enum Level: String, CaseIterable, Sendable, Comparable {
        /// Failures of this program.
        case error
        /// An outage, and its end.
        case warning
        /// Start and stop.
        case info
        /// Every message.
        case debug

        /// Whether the left level is the more important one.
        public static func < (a: Level, b: Level) -> Bool {
            a.rank < b.rank
        }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    private let descriptor: Int32
    private let level: Level

    /// Logs to standard error.
    public static func standardError(level: Level) -> Log {
        Log(descriptor: STDERR_FILENO, level: level)
    }

    /// Appends to a file, which is created when there is none.
    ///
    /// - Returns: The log; its file stays open as long as the process.
    /// - Throws: ``LogFileError`` when the file cannot be opened.
    public static func appending(to path: String, level: Level) throws(LogFileError) -> Log {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw LogFileError(path: path, reason: String(cString: strerror(errno)))
        }
        return Log(descriptor: descriptor, level: level)
    }

    /// Logs a failure of this program.
    public func error(_ text: @autoclosure () -> String) { write(.error, text) }
    func warning(_ text: @autoclosure () -> String) { write(.warning, text) }
    /// Logs the start, the end and the like.
    public func info(_ text: @autoclosure () -> String) { write(.info, text) }
    func debug(_ text: @autoclosure () -> String) { write(.debug, text) }

    /// One line, one write: lines of several threads do not mix.
    private func write(_ level: Level, _ text: () -> String) {
        guard level <= self.level else { return }
        let text = text().split(whereSeparator: \.isNewline).joined(separator: " ").prefix(2000)
        let line = "\(Self.timestamp()) \(level.rawValue) \(text)\n"
        _ = Glibc.write(descriptor, line, line.utf8.count)
    }

    /// The time in UTC, RFC 3339.
    private static func timestamp() -> String {
        var now = time(nil)
        var parts = tm()
        gmtime_r(&now, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let date = "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
        return "\(date)T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
    }
}

/// A log file that cannot be written.
public struct LogFileError: Error, Sendable, CustomStringConvertible {
    let path: String
    let reason: String

    /// Names the file and the reason.
    public var description: String { "cannot open \(path): \(reason)" }
}
