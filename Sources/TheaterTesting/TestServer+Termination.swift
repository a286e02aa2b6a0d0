import Glibc
import UVEventLoop

extension TestServer {
    /// Waits for SIGTERM or SIGINT, or for the end of the server.
    ///
    /// For `theater-test-server`: the signals' default actions are replaced from here on.
    ///
    /// - Parameter ready: Runs as soon as they are.
    package func untilTerminated(ready: @escaping @Sendable () -> Void) async {
        let runner = self.runner
        let _: Void? = await loop.askLater { done in
            runner.watchSignals { done(()) }
            ready()
        }
    }
}

extension ServerRunner {
    /// Calls back at the first SIGTERM or SIGINT, or at the end.
    fileprivate func watchSignals(then completion: @escaping @Sendable () -> Void) {
        let id = WaiterID()
        wait(id, Waiter(condition: { _ in false }, resume: { _ in completion() }))
        for number in [SIGTERM, SIGINT] {
            watch(signal: number) { [weak self] in self?.cancelWait(id) }
        }
    }
}
