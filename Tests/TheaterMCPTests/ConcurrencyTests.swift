import Testing
import TheaterProtocol

@testable import TheaterMCP

/// Requests side by side: nothing waits for a slow one, and each is answered at most once.
@Suite struct ConcurrencyTests {
    private static let ping = #"{"jsonrpc":"2.0","id":"p","method":"ping"}"#

    private static func cancel(_ id: Int) -> String {
        #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":\#(id)}}"#
    }

    private static var hanging: FakeService {
        var service = FakeService()
        service.behaviour = .hang
        return service
    }

    private static var hangingOnSend: FakeService {
        var service = FakeService()
        service.exceptions["send"] = .hang
        return service
    }

    @Test func pingDuringASlowCall() async throws {
        let service = Self.hanging
        try await TestHost.run(service) { host in
            var events = service.recorder.events.makeAsyncIterator()
            host.call("list_actors")
            #expect(await events.next(isolation: nil) == "listActors")
            host.send(Self.ping)
            try await host.expectAnswer(to: "p")
            host.send(Self.cancel(1))
            #expect(await events.next(isolation: nil) == "cancelled")
            host.send(Self.ping)
            try await host.expectAnswer(to: "p")
        }
    }

    @Test(arguments: ["7", "\"a\""]) func progressUntilTheAnswer(token: String) async throws {
        let service = Self.hanging
        var settings = ServerSettings()
        settings.progressInterval = .milliseconds(1)
        try await TestHost.run(service, settings: settings) { host in
            host.send(
                #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_actors","#
                    + #""_meta":{"progressToken":\#(token)}}}"#)
            var last = 0.0
            for _ in 1...3 {
                let message = try await host.next()
                #expect(message["method"] == "notifications/progress")
                let params = try #require(message["params"]?.object)
                #expect(try params["progressToken"] == JSONValue(parsing: Array(token.utf8)))
                guard case .double(let progress)? = params["progress"] else {
                    Issue.record("no progress")
                    return
                }
                #expect(progress > last)
                last = progress
            }
            host.send(Self.cancel(1))
            // Those that were sent before the cancellation was read, and then none.
            host.send(Self.ping)
            while try await host.next()["id"] != "p" {}
        }
    }

    @Test func cancellingWhatIsNotThereDoesNothing() async throws {
        try await TestHost.run { host in
            host.call("list_actors", id: 4)
            try await host.expectAnswer(to: 4)
            host.send(Self.cancel(4))
            host.send(Self.cancel(5))
            host.send(Self.ping)
            try await host.expectAnswer(to: "p")
        }
    }

    @Test func anIdMayBeUsedAgainAfterItsCancellation() async throws {
        let service = Self.hangingOnSend
        try await TestHost.run(service) { host in
            var events = service.recorder.events.makeAsyncIterator()
            let arguments: JSONValue = [
                "actor_id": .string(FakeService.actorText), "text": "x",
            ]
            host.call("send_message", arguments, id: 1)
            #expect(await events.next(isolation: nil) == "send")
            host.send(Self.cancel(1))
            host.call("list_actors", id: 1)
            let answer = try await host.next()
            #expect(answer.structured?["total"] == 1)
        }
    }

    @Test func anIdInUseIsRefusedWithoutAnsweringTheFirst() async throws {
        let service = Self.hanging
        try await TestHost.run(service) { host in
            var events = service.recorder.events.makeAsyncIterator()
            host.call("list_actors", id: 1)
            #expect(await events.next(isolation: nil) == "listActors")
            host.call("list_actors", id: 1)
            let answer = try await host.next()
            #expect(answer["id"] == .null)
            #expect(answer["error"]?.object?["code"] == -32_600)
            host.send(Self.cancel(1))
        }
    }

    @Test func moreThanTheLimitWait() async throws {
        let service = Self.hanging
        var settings = ServerSettings()
        settings.runningRequests = 2
        settings.waitingRequests = 1
        try await TestHost.run(service, settings: settings) { host in
            var events = service.recorder.events.makeAsyncIterator()
            for id in 1...2 {
                host.call("list_actors", id: id)
                #expect(await events.next(isolation: nil) == "listActors")
            }
            host.call("list_actors", id: 3)
            host.call("list_actors", id: 4)
            let refused = try await host.next()
            #expect(refused["id"] == 4)
            #expect(refused["error"]?.object?["code"] == -32_603)
            #expect(service.recorder.calls.count == 2)
            host.send(Self.cancel(1))
            #expect(await events.next(isolation: nil) == "cancelled")
            // The task that is free now takes the one that waited.
            #expect(await events.next(isolation: nil) == "listActors")
            host.send(Self.cancel(2))
            host.send(Self.cancel(3))
        }
    }

    @Test func manyCallsAreEachAnsweredOnce() async throws {
        try await TestHost.run { host in
            for id in 1...500 { host.call("list_actors", id: id) }
            var ids: Set<Int> = []
            for _ in 1...500 {
                let id = try #require(try await host.next()["id"]?.int)
                #expect(ids.insert(id).inserted)
            }
        }
    }

    @Test func batchIsAnsweredWithOneArray() async throws {
        try await TestHost.run(initialized: false) { host in
            host.send(SessionTests.initialize.replacing("2025-11-25", with: "2025-03-26"))
            _ = try await host.next()
            let call =
                #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_actors"}}"#
            let note = #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#
            host.send("[\(call),\(note),\(Self.ping),{\"id\":null}]")
            let batch = try #require(try await host.next()["batch"]?.array)
            #expect(batch.count == 3)
            for element in batch { MessageCheck.check(element.object ?? [:]) }
            host.send("[\(note)]")
            host.send(Self.ping)
            try await host.expectAnswer(to: "p")
        }
    }

    @Test func callsAtWorkAreFinishedAfterTheEndOfInput() async throws {
        try await TestHost.run { host in
            for id in 1...20 { host.call("list_actors", id: id) }
            host.endInput()
            for _ in 1...20 { _ = try await host.next() }
        }
    }

    @Test func hangingCallsDoNotOutliveTheGrace() async throws {
        let service = Self.hanging
        var settings = ServerSettings()
        settings.closingGrace = .milliseconds(50)
        try await TestHost.run(service, settings: settings) { host in
            var events = service.recorder.events.makeAsyncIterator()
            host.call("list_actors")
            #expect(await events.next(isolation: nil) == "listActors")
            host.endInput()
            #expect(await events.next(isolation: nil) == "cancelled")
        }
    }
}
