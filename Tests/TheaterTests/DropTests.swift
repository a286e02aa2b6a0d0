import Testing
import TheaterTesting

@testable import Theater

@Suite("Dropped connections")
struct DropTests {
    @Test(
        "a read survives a cut at any point",
        arguments: [
            Fault.Action.cutBeforeExecuting(.close), .cutBeforeExecuting(.reset),
            .cutBeforeReply(.close), .cutBeforeReply(.reset), .cutInsideReply(bytes: 3, .close),
            .cutInsideReply(bytes: 7, .reset), .splitReply(bytes: 1), .cutAfterReply(.close),
            .garbage([255, 255, 255, 255]),
            .garbage(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)),
        ])
    func readsSurvive(action: Fault.Action) async throws {
        try await withServerAndClient { server, client in
            _ = try await client.listActors()
            await server.inject(Fault(action, on: .command("ListActors")))
            #expect(try await client.listActors().isEmpty)
            #expect(try await client.listActors().isEmpty)
        }
    }

    @Test(
        "a message is never delivered twice",
        arguments: [
            Fault.Action.cutBeforeExecuting(.close), .cutBeforeReply(.close),
            .cutBeforeReply(.reset),
            .cutInsideReply(bytes: 5, .close),
        ])
    func messagesAreNotRepeated(action: Fault.Action) async throws {
        try await withServerAndClient { server, client in
            let actor = try await client.startActor(manifest: "actors/prober.toml")
            await server.inject(Fault(action, on: .command("SendActorMessage")))
            let failure = await error { () async throws(TheaterError) in
                try await client.send(bytes("once"), to: actor)
            }
            #expect(failure?.code == .outcomeUnknown)
            #expect(failure?.mayHaveExecuted == true)
            #expect(failure?.isConnectionIssue == true)
            // The client goes on, and nothing of the first message comes after it.
            try await client.send(bytes("next"), to: actor)
            let deliveries = await server.statistics.deliveries
            #expect(deliveries["once", default: 0] <= 1)
            #expect(deliveries["next"] == 1)
        }
    }

    @Test("a hundred requests across a drop: each ends, nothing twice, one dial at a time")
    func hundredAcrossADrop() async throws {
        let recorder = Recorder()
        try await withServerAndClient(observer: recorder) { server, client in
            let actor = try await client.startActor(manifest: "actors/prober.toml")
            await server.inject(Fault(.cutBeforeReply(.reset), on: .command("ListActors")))
            await server.inject(Fault(.cutBeforeReply(.close), on: .command("SendActorMessage")))
            let outcomes = await withTaskGroup(of: (Int, TheaterError?).self) { group in
                for number in 0..<100 {
                    group.addTask {
                        let failure = await error { () async throws(TheaterError) in
                            if number.isMultiple(of: 2) {
                                _ = try await client.listActors()
                            } else {
                                try await client.send(bytes("m\(number)"), to: actor)
                            }
                        }
                        return (number, failure)
                    }
                }
                var outcomes: [Int: TheaterError?] = [:]
                for await (number, failure) in group { outcomes[number] = failure }
                return outcomes
            }
            #expect(outcomes.count == 100)
            let failures = outcomes.values.compactMap { $0 }
            #expect(failures.allSatisfy { $0.code == .outcomeUnknown && $0.mayHaveExecuted })
            #expect(failures.count <= 1)
            let deliveries = await server.statistics.deliveries
            #expect(deliveries.values.allSatisfy { $0 == 1 })
            #expect(deliveries.count >= 49)
        }
    }

    @Test("the server dies and comes back: the very next read is answered")
    func restartedServer() async throws {
        let recorder = Recorder()
        try await withServerAndClient(observer: recorder) { server, client in
            _ = try await client.listActors()
            await server.stop()
            try await server.restart()
            #expect(try await client.listActors().isEmpty)
            #expect(recorder.recoveries == 1)
        }
    }

    @Test("a cut is noticed without a request, and the state says so")
    func noticed() async throws {
        try await withServerAndClient { server, client in
            _ = try await client.listActors()
            await server.stop()
            for await state in client.states {
                if case .disconnected(_, _, let lastError) = state {
                    #expect(lastError == "the server closed the connection")
                    break
                }
            }
        }
    }

    @Test("a proxy in front of any server does the same harm")
    func proxy() async throws {
        try await TestServer.withServer { server in
            let proxy = try await FaultProxy.start(
                to: "127.0.0.1", port: server.port, listeningOn: Loopback.next())
            let endpoint = Endpoint(host: proxy.host, port: proxy.port)
            try await withClient(Configuration(endpoint: endpoint)) { client in
                _ = try await client.listActors()
                await proxy.cutBeforeNextReply()
                _ = try await client.listActors()
                // The first, the one whose answer was thrown away, and its repetition.
                #expect(await server.statistics.executions["ListActors"] == 3)
                await proxy.stop()
                try await proxy.restart()
                _ = try await client.listActors()
            }
            await proxy.close()
        }
    }
}
