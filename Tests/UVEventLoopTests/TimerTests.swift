import Testing
import UVEventLoop

@Suite(.timeLimit(.minutes(1)))
struct TimerTests {
    @Test func timersAreNeverEarly() async throws {
        var generator = SystemRandomNumberGenerator()
        let delays = (0..<200).map { _ in UInt64.random(in: 0...20_000_000, using: &generator) }
        try await withLoop { actor in
            var timers: [LoopTimer] = []
            var lateness: [Int64] = []
            await withCheckedContinuation { done in
                for delay in delays {
                    let target = EventLoop.nowNanoseconds + delay
                    let timer = LoopTimer(on: actor.loop) {
                        lateness.append(Int64(EventLoop.nowNanoseconds) - Int64(target))
                        if lateness.count == delays.count { done.resume() }
                    }
                    timer.arm(after: .nanoseconds(Int64(delay)))
                    timers.append(timer)
                }
            }
            #expect(lateness.allSatisfy { $0 >= 0 }, "delays: \(delays)")
            for timer in timers { timer.close() }
        }
    }

    @Test func aTimerIsArmedAgainAndAgain() async throws {
        try await withLoop { actor in
            var fired = 0
            var timer: LoopTimer?
            await withCheckedContinuation { done in
                timer = LoopTimer(on: actor.loop) {
                    fired += 1
                    if fired == 5 { done.resume() } else { timer?.arm(after: .milliseconds(1)) }
                }
                // The later arming replaces this one.
                timer?.arm(after: .seconds(Int64.max))
                timer?.arm(after: .zero)
            }
            #expect(fired == 5)
            timer?.close()
            timer?.close()
            timer?.arm(after: .zero)
            timer = nil
        }
    }

    @Test func aDisarmedOrClosedTimerDoesNotFire() async throws {
        try await withLoop { actor in
            var fired: [String] = []
            let disarmed = LoopTimer(on: actor.loop) { fired.append("disarmed") }
            let closed = LoopTimer(on: actor.loop) { fired.append("closed") }
            await withCheckedContinuation { done in
                let last = LoopTimer(on: actor.loop) { done.resume() }
                disarmed.arm(after: .milliseconds(1))
                closed.arm(after: .milliseconds(1))
                last.arm(after: .milliseconds(10))
                disarmed.disarm()
                closed.close()
            }
            #expect(fired.isEmpty)
        }
    }

    @Test func aTimerMayCloseItselfWhileItFires() async throws {
        try await withLoop { actor in
            var timer: LoopTimer?
            await withCheckedContinuation { done in
                timer = LoopTimer(on: actor.loop) {
                    timer?.close()
                    timer = nil
                    done.resume()
                }
                timer?.arm(after: .nanoseconds(-1))
            }
            await actor.turn()
            #expect(await actor.loop.liveCounts == .none)
        }
    }
}
