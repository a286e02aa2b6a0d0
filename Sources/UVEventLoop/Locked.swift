import CUVShim

/// A value behind a `uv_mutex_t`.
///
/// Not `Synchronization.Mutex`: ThreadSanitizer does not see its edges on Linux and reports races
/// in correct code.
package final class Locked<Value>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<uv_mutex_t>
    private var value: Value

    package init(_ value: Value) {
        mutex = .allocate(capacity: 1)
        self.value = value
        let status = uv_mutex_init(mutex)
        precondition(status == 0, "uv_mutex_init: \(status)")
    }

    deinit {
        uv_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Runs `body` alone.
    ///
    /// It must be short, and must not run code of others.
    package func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
        uv_mutex_lock(mutex)
        defer { uv_mutex_unlock(mutex) }
        return body(&value)
    }
}
