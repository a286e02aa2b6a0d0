import Testing
import TheaterProtocol

@testable import TheaterMCP

/// Lines in, answers out, without any I/O.
@Suite struct SessionTests {
    static let initialize = #"""
        {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",\#
        "capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
        """#

    private func step(_ lines: String...) -> Session.Step {
        var session = Session()
        var step = Session.Step.ignore("nothing")
        for line in lines { step = session.receive(Array(line.utf8)) }
        return step
    }

    private func code(_ step: Session.Step) -> RPCError.Code? {
        guard case .answer(.error(let error), _) = step else { return nil }
        return error.code
    }

    private func result(_ step: Session.Step) -> JSONObject? {
        guard case .answer(.result(let result), _) = step else { return nil }
        return result
    }

    // MARK: JSON-RPC

    struct Refusal: Sendable, CustomTestStringConvertible {
        let line: String
        let code: RPCError.Code
        let id: RequestID?
        var testDescription: String { line }

        init(_ line: String, _ code: RPCError.Code, id: RequestID? = nil) {
            self.line = line
            self.code = code
            self.id = id
        }
    }

    @Test(arguments: [
        Refusal("{", .parseError),
        Refusal("nonsense", .parseError),
        Refusal(#"{"jsonrpc":"2.0","id":1,"method":"ping"} x"#, .parseError),
        Refusal(String(repeating: "[", count: 5000), .parseError),
        Refusal("1", .invalidRequest),
        Refusal("null", .invalidRequest),
        Refusal("{}", .invalidRequest),
        Refusal("[]", .invalidRequest),
        Refusal("[1]", .invalidRequest),
        Refusal(#"{"jsonrpc":"2.0","id":1}"#, .invalidRequest, id: .integer(1)),
        Refusal(#"{"jsonrpc":"2.0","id":1,"method":2}"#, .invalidRequest, id: .integer(1)),
        Refusal(#"{"jsonrpc":"2.0","method":2}"#, .invalidRequest),
        Refusal(#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, .invalidRequest),
        Refusal(#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, .invalidRequest),
        Refusal(#"{"jsonrpc":"2.0","id":true,"method":"ping"}"#, .invalidRequest),
        Refusal(#"{"jsonrpc":"2.0","id":[1],"method":"ping"}"#, .invalidRequest),
        Refusal(#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, .invalidRequest, id: .integer(1)),
        Refusal(#"{"id":"a","method":"ping"}"#, .invalidRequest, id: .text("a")),
        Refusal(
            #"{"jsonrpc":"2.0","id":1,"method":"ping","params":1}"#, .invalidRequest,
            id: .integer(1)),
        Refusal(
            #"{"jsonrpc":"2.0","id":1,"method":"ping","params":[1]}"#, .invalidParams,
            id: .integer(1)),
        Refusal(
            #"{"jsonrpc":"2.0","id":1,"method":"no/such"}"#, .methodNotFound, id: .integer(1)),
        Refusal(
            #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#, .invalidRequest, id: .integer(1)),
        Refusal(
            #"{"jsonrpc":"2.0","id":1,"method":"initialize"}"#, .invalidParams, id: .integer(1)),
    ])
    func refused(_ refusal: Refusal) {
        guard case .answer(.error(let error), let id) = step(refusal.line) else {
            Issue.record("not refused")
            return
        }
        #expect(error.code == refusal.code)
        #expect(id == refusal.id)
    }

    @Test(arguments: [
        #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
        #"{"jsonrpc":"2.0","method":"no/such"}"#,
        #"{"jsonrpc":"1.0","method":"ping"}"#,
        #"{"method":"ping","params":7}"#,
        #"{"jsonrpc":"2.0","method":"notifications/cancelled"}"#,
        #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":null}}"#,
        #"{"jsonrpc":"2.0","id":1,"result":{}}"#,
        #"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"x"}}"#,
        #"{"error":1}"#,
    ])
    func neverAnswered(line: String) {
        guard case .ignore = step(line) else {
            Issue.record("answered")
            return
        }
    }

    @Test(arguments: [
        #"1"#, #"-1"#, #"9007199254740991"#, #"18446744073709551615"#, #""""#, #""é😀""#, #""1""#,
    ])
    func idIsEchoedWithItsType(id: String) {
        let step = step(#"{"jsonrpc":"2.0","id":\#(id),"method":"ping"}"#)
        guard case .answer(let answer, let found) = step else {
            Issue.record("not answered")
            return
        }
        let text = String(decoding: answer.message(to: found).encoded(), as: UTF8.self)
        #expect(text == #"{"jsonrpc":"2.0","id":\#(id),"result":{}}"#)
    }

    // MARK: Handshake era

    @Test(arguments: ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"])
    func knownRevisionIsEchoed(revision: String) {
        let line =
            #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"\#(revision)"}}"#
        #expect(result(step(line))?["protocolVersion"] == .string(revision))
    }

    @Test(arguments: ["2099-01-01", "2026-07-28", "", "1"])
    func otherRevisionsGetACounterOffer(revision: String) {
        let line =
            #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"\#(revision)"}}"#
        #expect(result(step(line))?["protocolVersion"] == "2025-11-25")
    }

    @Test func initializeTellsWhoWeAre() throws {
        let answer = try #require(result(step(Self.initialize)))
        #expect(answer["serverInfo"]?.object?["name"] == "theater-mcp-server")
        #expect(answer["capabilities"] == ["tools": [:], "resources": [:]])
        #expect(answer["instructions"]?.string?.contains("theater_status") == true)
    }

    @Test func batchesExistInOneRevisionOnly() throws {
        let batch = #"[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"x"},3]"#
        #expect(code(step(Self.initialize, batch)) == .invalidRequest)
        let march = Self.initialize.replacing("2025-11-25", with: "2025-03-26")
        guard case .batch(let steps) = step(march, batch) else {
            Issue.record("no batch")
            return
        }
        #expect(steps.count == 3)
        #expect(steps[0] == .answer(.result([:]), to: .integer(1)))
        #expect(code(steps[2]) == .invalidRequest)
        #expect(code(step(march, "[]")) == .invalidRequest)
        guard case .batch(let inner) = step(march, "[\(Self.initialize)]") else { return }
        #expect(inner.first.flatMap { code($0) } == .invalidRequest)
    }

    @Test func listsAreStableAndHaveOnePage() throws {
        for (method, member, count) in [
            ("tools/list", "tools", 10), ("resources/list", "resources", 2),
            ("resources/templates/list", "resourceTemplates", 3),
        ] {
            let line = #"{"jsonrpc":"2.0","id":1,"method":"\#(method)"}"#
            let list = try #require(result(step(Self.initialize, line)))
            #expect(list[member]?.array?.count == count)
            #expect(list["nextCursor"] == nil)
            #expect(result(step(Self.initialize, line)) == list)
            let paged = line.dropLast() + #","params":{"cursor":"2"}}"#
            #expect(code(step(Self.initialize, String(paged))) == .invalidParams)
        }
    }

    @Test(arguments: [
        ("{}", RPCError.Code.invalidParams), (#"{"name":7}"#, .invalidParams),
        (#"{"name":"no_such_tool"}"#, .invalidParams),
        (#"{"name":"list_actors","arguments":[]}"#, .invalidParams),
        (#"{"name":"list_actors","arguments":null}"#, .invalidParams),
    ])
    func malformedToolCall(params: String, expected: RPCError.Code) {
        let line = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":\#(params)}"#
        #expect(code(step(Self.initialize, line)) == expected)
    }

    @Test(arguments: [
        "theater://nothing", "theater://actor/", "theater://actor/x", "theater://actors/",
        "http://actors", "", "theater://actor/6a3f0f57-2f6c-4e0c-9d0e-5f8f3a1b7c11/else",
        "theater://events/6a3f0f57-2f6c-4e0c-9d0e-5f8f3a1b7c11?limit=0",
    ])
    func unknownResource(uri: String) {
        let line = #"{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"\#(uri)"}}"#
        guard case .answer(.error(let error), _) = step(Self.initialize, line) else {
            Issue.record("found")
            return
        }
        #expect(error.code == .resourceNotFound)
        #expect(error.data == ["uri": .string(uri)])
        let modern = ModernRequest.line("resources/read", params: #""uri":"\#(uri)","#)
        #expect(code(step(modern)) == .invalidParams)
    }

    // MARK: 2026-07-28

    enum ModernRequest {
        static let meta =
            #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","#
            + #""io.modelcontextprotocol/clientCapabilities":{}}"#

        static func line(_ method: String, params: String = "") -> String {
            #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":{\#(params)\#(meta)}}"#
        }
    }

    @Test func discoverBeforeAnythingElse() throws {
        let answer = try #require(result(step(ModernRequest.line("server/discover"))))
        #expect(answer["supportedVersions"] == ["2026-07-28"])
        #expect(answer["resultType"] == "complete")
        #expect(answer["cacheScope"] == "private")
        #expect(answer["ttlMs"] == 60_000)
        let info = answer["_meta"]?.object?["io.modelcontextprotocol/serverInfo"]
        #expect(info == .object(ServerIdentity.info))
    }

    @Test func bothErasInOneProcess() throws {
        let list = ModernRequest.line("tools/list")
        #expect(result(step(Self.initialize, list))?["resultType"] == "complete")
        let plain = #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#
        #expect(result(step(Self.initialize, list, plain))?["resultType"] == nil)
        #expect(code(step(list, plain)) == .invalidRequest)
    }

    @Test func missingKeysAreNamed() {
        let bare = #"{"jsonrpc":"2.0","id":1,"method":"server/discover"}"#
        #expect(code(step(bare)) == .invalidParams)
        let line = ModernRequest.line("tools/list")
        let incomplete = line.replacing("clientCapabilities", with: "else")
        guard case .answer(.error(let error), _) = step(incomplete) else {
            Issue.record("accepted")
            return
        }
        #expect(error.code == .invalidParams)
        #expect(error.message.contains("io.modelcontextprotocol/clientCapabilities"))
    }

    @Test func unknownVersionNamesThoseWeHave() {
        let line = ModernRequest.line("tools/list").replacing("2026-07-28", with: "2099-01-01")
        guard case .answer(.error(let error), _) = step(line) else {
            Issue.record("accepted")
            return
        }
        #expect(error.code == .unsupportedProtocolVersion)
        let data = error.data?.object
        #expect(data?["requested"] == "2099-01-01")
        #expect(data?["supported"]?.array?.contains("2026-07-28") == true)
    }

    @Test(arguments: ["ping", "logging/setLevel", "resources/subscribe", "prompts/list"])
    func whatTheEraDoesNotHave(method: String) {
        #expect(code(step(ModernRequest.line(method))) == .methodNotFound)
    }
}
