import Foundation
import Testing
import TheaterProtocol
import TheaterTesting

@testable import TheaterMCP

/// The executable on real pipes.
///
/// No Theater is needed: it starts and lists without one.
@Suite(.serialized, .timeLimit(.minutes(1))) struct ServerProcessTests {
    /// Nobody listens on port 1.
    private static let nowhere = ["--theater-address", "127.0.0.1:1", "--log-level", "error"]
    private static let ping = #"{"jsonrpc":"2.0","id":7,"method":"ping"}"#

    private func expectExit(_ server: ServerProcess, within limit: Duration = .seconds(1)) {
        let begin = ContinuousClock.now
        #expect(server.waitForExit() == 0)
        #expect(ContinuousClock.now - begin < limit)
    }

    @Test func endOfInputBeforeAnything() throws {
        let server = try ServerProcess(Self.nowhere)
        try server.endInput()
        #expect(try server.next() == nil)
        expectExit(server)
    }

    @Test func answersWhatCameBeforeTheEndOfInput() throws {
        let server = try ServerProcess(Self.nowhere)
        let list = #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#
        let status =
            #"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"theater_status"}}"#
        try server.send("\(SessionTests.initialize)\r\n\n\(list)\n\(status)\n\(Self.ping)")
        try server.endInput()
        var ids: Set<Int> = []
        while let message = try server.next() { ids.insert(try #require(message["id"]?.int)) }
        #expect(ids == [0, 1, 2, 7])
        expectExit(server)
    }

    @Test func linesInPiecesAndMegabytes() throws {
        let server = try ServerProcess(Self.nowhere)
        for character in Self.ping { try server.send(String(character)) }
        try server.send("\n")
        #expect(try server.next()?["id"] == 7)
        let padding = String(repeating: "x", count: 3_000_000)
        try server.send(#"{"jsonrpc":"2.0","id":8,"method":"\#(padding)"}"# + "\n")
        let refused = try #require(try server.next())
        #expect(refused["error"]?.object?["message"]?.string?.utf8.count == 3_000_018)
        try server.endInput()
        expectExit(server)
    }

    @Test func livesOnAfterGarbage() throws {
        let server = try ServerProcess(Self.nowhere)
        try server.send("nonsense\n\u{0}\n[]\n{\"jsonrpc\":\"2.0\",\"result\":1}\n\(Self.ping)\n")
        for code in [-32_700, -32_700, -32_600] {
            #expect(try server.next()?["error"]?.object?["code"]?.int == code)
        }
        #expect(try server.next()?["id"] == 7)
        try server.endInput()
        expectExit(server)
    }

    @Test(arguments: [SIGTERM, SIGINT]) func signal(signal: Int32) throws {
        let server = try ServerProcess(Self.nowhere)
        try server.send(Self.ping + "\n")
        #expect(try server.next()?["id"] == 7)
        kill(server.identifier, signal)
        expectExit(server)
    }

    @Test func hostThatStopsReading() throws {
        let server = try ServerProcess(Self.nowhere)
        try server.send(Self.ping + "\n")
        #expect(try server.next()?["id"] == 7)
        try server.stopReading()
        try server.send(Self.ping + "\n")
        expectExit(server)
    }

    @Test func serverThatIsDown() throws {
        let server = try ServerProcess(Self.nowhere)
        try server.send(
            SessionTests.initialize + "\n"
                + #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_actors"}}"#
                + "\n")
        #expect(try server.next()?["id"] == 0)
        let begin = ContinuousClock.now
        let failure = try #require(try server.next())
        #expect(ContinuousClock.now - begin < .seconds(2.5))
        let text = try #require(failure.errorText)
        #expect(
            text.hasPrefix(
                "Theater server connection issue: connection refused at 127.0.0.1:1 after 3 "
                    + "attempts. The server will attempt to reconnect on the next request. "
                    + "[not_connected] list_actors was not sent."))
        #expect(failure.errorMeta?["attempts"] == 3)
        try server.endInput()
        expectExit(server)
    }

    /// An actor that never answers keeps the call at work.
    @Test(arguments: ["end of input", "signal"]) func endWhileBusy(by end: String) async throws {
        try await TestServer.withServer { theater in
            let server = try ServerProcess(["-t", theater.address, "--log-level", "error"])
            let start = #"{"name":"start_actor","arguments":{"manifest":"actors/prober.toml"}}"#
            try server.send(SessionTests.initialize + "\n")
            try server.send(Self.call(1, start))
            #expect(try server.next()?["id"] == 0)
            let actor = try #require(try server.next()?.structured?["actor_id"]?.string)
            try server.send(
                Self.call(
                    2,
                    #"{"name":"request_message","arguments":{"actor_id":"\#(actor)","text":"none"}}"#
                ))
            await theater.waitUntil { ($0.deliveries["none"] ?? 0) > 0 }
            if end == "signal" { kill(server.identifier, SIGTERM) } else { try server.endInput() }
            #expect(try server.next() == nil)
            expectExit(server)
        }
    }

    private static func call(_ id: Int, _ params: String) -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":\#(params)}"# + "\n"
    }

    @Test(arguments: ["0<&-", "1>&-", "2>&-", "0<&- 1>&- 2>&-", "0</dev/null 1>/dev/full"])
    func descriptorsThatAreClosed(redirection: String) throws {
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        let path = try BuiltExecutable.url("theater-mcp-server").path
        shell.arguments = ["-c", "echo '\(Self.ping)' | \(path) \(redirection)"]
        shell.standardOutput = FileHandle.nullDevice
        shell.standardError = FileHandle.nullDevice
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationReason == .exit)
        #expect(shell.terminationStatus == 0)
    }

    @Test func endOfInputWhileReconnecting() throws {
        let server = try ServerProcess(Self.nowhere)
        try server.send(
            SessionTests.initialize + "\n"
                + #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_actors"}}"#
                + "\n")
        #expect(try server.next()?["id"] == 0)
        try server.endInput()
        expectExit(server)
    }
}
