import Glibc

/// What this process has spent on its processors; the server is not in it when it has a process of
/// its own.
enum ProcessorTime {
    static func spent(by body: () throws -> Void) rethrows -> Duration {
        let before = now
        try body()
        return now - before
    }

    static func spent<Value>(
        by body: () async throws -> Value
    ) async rethrows -> (Value, Duration) {
        let before = now
        let value = try await body()
        return (value, now - before)
    }

    private static var now: Duration {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return duration(usage.ru_utime) + duration(usage.ru_stime)
    }

    private static func duration(_ time: timeval) -> Duration {
        .seconds(time.tv_sec) + .microseconds(time.tv_usec)
    }
}
