/// What is open on a loop now, the loop's own wake-up handle aside: tests end with zeros.
package struct LiveCounts: Sendable, Equatable {
    /// Handles whose close callback has not run.
    package var handles: Int
    /// Requests (write, connect, resolve, shutdown, file) whose callback has not run.
    package var requests: Int

    /// Nothing is open.
    package static let none = LiveCounts(handles: 0, requests: 0)

    package init(handles: Int, requests: Int) {
        self.handles = handles
        self.requests = requests
    }
}
