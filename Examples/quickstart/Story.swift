import Theater
import TheaterTesting

/// What is done to the connection, and what is asked meanwhile.
struct Story {
    let client: TheaterClient
    let proxy: FaultProxy
    let timeline: Timeline

    struct Tally {
        var requests = 0
        var answered = 0
    }

    /// Reads only, so that it may be told to a real server, too.
    func tell(drops: Int) async -> Tally {
        var tally = Tally()
        timeline.chapter("Three requests; the first one dials.")
        for _ in 0..<3 { await ask(1, &tally) }

        let times = drops == 1 ? "once" : "\(drops) times"
        timeline.chapter("The connection is cut between request and answer, \(times).")
        for _ in 0..<drops {
            await proxy.cutBeforeNextReply()
            await ask(1, &tally)
        }

        timeline.chapter("The server goes away, and comes back while a request waits.")
        await proxy.stop()
        await untilGone()
        async let comesBack: Void = comeBackAfterTwoDials()
        await ask(1, &tally)
        await comesBack

        timeline.chapter("Twenty requests at once, and a cut in the middle.")
        await proxy.cutBeforeNextReply()
        await ask(20, &tally)
        return tally
    }

    /// A message must not arrive twice, so it is not sent again: the error says that nobody knows.
    ///
    /// - Returns: Whether the client said so, and the actor got the message once.
    func tellOfAMessage(to server: TestServer) async throws -> Bool {
        timeline.chapter("A message to an actor, cut before its answer: never sent twice.")
        let actor = try await client.startActor(manifest: "actors/prober.toml")
        await proxy.cutBeforeNextReply()
        do throws(TheaterError) {
            try await client.send(Array("only once".utf8), to: actor)
            return false
        } catch {
            timeline.failed(error)
            let count = await server.statistics.deliveries["only once", default: 0]
            timeline.note("the actor got it \(count == 1 ? "once" : "\(count) times")")
            return error.mayHaveExecuted && count == 1
        }
    }

    private func ask(_ count: Int, _ tally: inout Tally) async {
        let start = ContinuousClock.now
        let answered = await withTaskGroup { group in
            for _ in 0..<count { group.addTask { await isAnswered() } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        tally.requests += count
        tally.answered += answered
        if answered > 0 { timeline.answered(answered, after: .now - start) }
    }

    private func isAnswered() async -> Bool {
        do throws(TheaterError) {
            _ = try await client.listActors()
            return true
        } catch {
            timeline.failed(error)
            return false
        }
    }

    private func untilGone() async {
        for await state in client.states {
            if case .connected = state { continue }
            return
        }
    }

    /// The server is there again once the client has been refused twice.
    private func comeBackAfterTwoDials() async {
        for await state in client.states {
            if case .disconnected(.some, let attempt, _) = state, attempt >= 2 { break }
        }
        do {
            try await proxy.restart()
            timeline.note("the server is back")
        } catch {
            timeline.note("the server cannot come back: \(error)")
        }
    }
}
