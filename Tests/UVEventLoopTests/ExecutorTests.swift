import Testing
import UVEventLoop

private actor Counter {
    nonisolated let loop: EventLoop
    private var inside = 0
    private(set) var value = 0
    private(set) var wasAlone = true
    private(set) var wasOnLoop = true

    init(on loop: EventLoop) { self.loop = loop }

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    func add() async {
        inside += 1
        value += 1
        if inside != 1 { wasAlone = false }
        if !loop.isOnLoop { wasOnLoop = false }
        inside -= 1
        await Task.yield()
        if !loop.isOnLoop { wasOnLoop = false }
    }

    nonisolated func assumeIsolatedOnLoop() {
        assumeIsolated { $0.value += 1 }
    }

    func shutDownOwnLoop() async {
        await loop.shutDown()
        value += 1
    }
}

@Suite(.timeLimit(.minutes(1)))
struct ExecutorTests {
    private func addConcurrently(_ counter: Counter, tasks: Int) async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<tasks {
                group.addTask { for _ in 0..<50 { await counter.add() } }
            }
        }
    }

    @Test func anActorIsPinnedToTheLoop() async throws {
        let loop = try EventLoop()
        let counter = Counter(on: loop)
        await addConcurrently(counter, tasks: 100)
        loop.submit { counter.assumeIsolatedOnLoop() }
        await withCheckedContinuation { done in _ = loop.submit { done.resume() } }
        #expect(await counter.value == 5_001)
        #expect(await counter.wasAlone)
        #expect(await counter.wasOnLoop)
        await loop.shutDown()
    }

    @Test func anActorOutlivesItsLoopOneJobAtATime() async throws {
        let loop = try EventLoop()
        let counter = Counter(on: loop)
        await loop.shutDown()
        await addConcurrently(counter, tasks: 100)
        #expect(await counter.value == 5_000)
        #expect(await counter.wasAlone)
        #expect(await counter.wasOnLoop)
    }

    @Test func noJobIsLostWhileTheLoopShutsDown() async throws {
        for _ in 0..<50 {
            let loop = try EventLoop()
            let counter = Counter(on: loop)
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask { for _ in 0..<50 { await counter.add() } }
                }
                group.addTask { await loop.shutDown() }
            }
            #expect(await counter.value == 400)
            #expect(await counter.wasAlone)
        }
    }

    @Test func anActorMayShutDownTheLoopItRunsOn() async throws {
        let loop = try EventLoop()
        let counter = Counter(on: loop)
        await counter.shutDownOwnLoop()
        #expect(await counter.value == 1)
    }
}
