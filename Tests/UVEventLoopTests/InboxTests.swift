import Testing
import UVEventLoop

/// Touched on one loop only, and read after that loop has ended.
private final class Log: @unchecked Sendable {
    var entries: [(thread: Int, number: Int)] = []
    var count = 0
}

@Suite(.timeLimit(.minutes(2)))
struct InboxTests {
    @Test func eachThreadsJobsKeepTheirOrderAndRunOnce() async throws {
        let loop = try EventLoop()
        let threads = try (0..<8).map { try EventLoop(name: "submitter-\($0)") }
        let log = Log()
        let jobsPerThread = 20_000
        for (index, thread) in threads.enumerated() {
            thread.submit {
                for number in 0..<jobsPerThread {
                    let isAccepted = loop.submit { log.entries.append((index, number)) }
                    if !isAccepted { Issue.record("refused") }
                }
            }
        }
        for thread in threads { await thread.shutDown() }
        await loop.shutDown()
        #expect(log.entries.count == threads.count * jobsPerThread)
        for index in threads.indices {
            let numbers = log.entries.filter { $0.thread == index }.map(\.number)
            #expect(numbers == Array(0..<jobsPerThread))
        }
    }

    @Test func whatIsAcceptedRunsEvenWhileTheLoopShutsDown() async throws {
        let threads = try (0..<2).map { try EventLoop(name: "submitter-\($0)") }
        for _ in 0..<2_000 {
            let loop = try EventLoop()
            let log = Log()
            let accepted = await withTaskGroup(of: Int.self) { group in
                for thread in threads {
                    group.addTask {
                        await withCheckedContinuation { done in
                            thread.submit {
                                var count = 0
                                while loop.submit({ log.count += 1 }) { count += 1 }
                                done.resume(returning: count)
                            }
                        }
                    }
                }
                group.addTask {
                    await loop.shutDown()
                    return 0
                }
                return await group.reduce(0, +)
            }
            guard log.count == accepted else {
                Issue.record("\(accepted) accepted, \(log.count) run")
                break
            }
        }
        for thread in threads { await thread.shutDown() }
    }

    @Test func moreThanOneTurnsWorthOfJobsLetsTheSocketsIn() async throws {
        try await withLoop { actor in
            let (client, server) = try await actor.pair()
            client.write("x")
            let log = Log()
            let loop = actor.loop
            var countWhenRead: Int?
            server.whenRead = { _, _ in countWhenRead = log.count }
            for _ in 0..<50_000 { loop.submit { log.count += 1 } }
            await actor.turn()
            #expect(try #require(countWhenRead) < 50_000)
            #expect(log.count == 50_000)
        }
    }

    @Test func shutDownMayBeCalledByManyAndAgain() async throws {
        let loop = try EventLoop()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { await loop.shutDown() } }
        }
        await loop.shutDown()
        #expect(!loop.submit { Issue.record("ran after the end") })
        #expect(!loop.isOnLoop)
    }

    @Test func aLoopLetGoOfAfterItsEndIsFreed() async throws {
        var loop: EventLoop? = try EventLoop()
        weak let weakLoop = loop
        await loop?.shutDown()
        loop = nil
        #expect(weakLoop == nil)
    }
}
