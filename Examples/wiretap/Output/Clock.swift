import UVEventLoop

/// Milliseconds since the program, or a recording, began.
struct Clock {
    private let start = EventLoop.nowNanoseconds

    /// In steps of a tenth.
    var milliseconds: Double {
        let tenths = (EventLoop.nowNanoseconds - start) / 100_000
        return Double(tenths) / 10
    }

    /// What a recording claims, as a number that can be calculated with: zero to thirty years.
    static func clamped(_ milliseconds: Double) -> Double {
        min(max(milliseconds, 0), 1e12)
    }
}
