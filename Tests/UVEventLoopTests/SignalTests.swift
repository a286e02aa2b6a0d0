import Glibc
import Testing
import UVEventLoop

@Suite(.timeLimit(.minutes(1)))
struct SignalTests {
    @Test func aSignalReachesItsHandler() async throws {
        try await withLoop { actor in
            var watcher: LoopSignal?
            var fired = 0
            for _ in 1...3 {
                var whenFired: (() -> Void)?
                watcher = try LoopSignal(on: actor.loop, signal: SIGUSR2) {
                    fired += 1
                    watcher?.close()
                    watcher?.close()
                    whenFired?()
                }
                await withCheckedContinuation { done in
                    whenFired = { done.resume() }
                    kill(getpid(), SIGUSR2)
                }
            }
            #expect(fired == 3)
            watcher = nil
        }
    }

    @Test func aSignalThatCannotBeCaughtIsAnError() async throws {
        try await withLoop { actor in
            let error = #expect(throws: UVError.self) {
                try LoopSignal(on: actor.loop, signal: SIGKILL) {}
            }
            #expect(error?.name == "EINVAL")
        }
    }

    @Test func sigpipeIsIgnored() async throws {
        try await withLoop { _ in
            var action = sigaction()
            sigaction(SIGPIPE, nil, &action)
            let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            #expect(handler == 1)
        }
    }
}
