import Testing
import TheaterProtocol

@testable import TheaterMCP

/// A host in the same process: lines go in, and every message that comes out is checked.
struct TestHost: Sendable {
    let service: FakeService
    private let input: AsyncStream<LineFramer.Line>.Continuation
    private let lines: AsyncStream<LineFramer.Line>
    private let writer = Collector()
    private let settings: ServerSettings

    private final class Collector: MessageWriter {
        let written: AsyncStream<[UInt8]>
        let continuation: AsyncStream<[UInt8]>.Continuation

        init() {
            (written, continuation) = AsyncStream.makeStream()
        }

        func write(_ line: [UInt8]) {
            continuation.yield(line)
        }
    }

    private init(_ service: FakeService, settings: ServerSettings) {
        self.service = service
        self.settings = settings
        (lines, input) = AsyncStream.makeStream()
    }

    /// Runs a server, lets `body` talk to it, and ends its input.
    static func run(
        _ service: FakeService = FakeService(), settings: ServerSettings = ServerSettings(),
        initialized: Bool = true,
        _ body: @Sendable (TestHost) async throws -> Void
    ) async throws {
        let host = TestHost(service, settings: settings)
        let core = ServerCore(
            service: service, settings: settings, log: .standardError(level: .error),
            writer: host.writer)
        async let served: Void = core.run(host.lines)
        if initialized {
            host.send(SessionTests.initialize)
            _ = try await host.next()
        }
        try await body(host)
        host.endInput()
        await served
        host.writer.continuation.finish()
        for await line in host.writer.written {
            Issue.record("left over: \(String(decoding: line, as: UTF8.self))")
        }
    }

    func send(_ line: String) {
        input.yield(.message(Array(line.utf8)))
    }

    func endInput() {
        input.finish()
    }

    func call(_ tool: String, _ arguments: JSONValue = [:], id: Int = 1) {
        let request: JSONValue = [
            "jsonrpc": "2.0", "id": .integer(Int64(id)), "method": "tools/call",
            "params": ["name": .string(tool), "arguments": arguments],
        ]
        send(String(decoding: request.encoded(), as: UTF8.self))
    }

    func read(_ uri: String, id: Int = 1) {
        send(
            #"{"jsonrpc":"2.0","id":\#(id),"method":"resources/read","params":{"uri":"\#(uri)"}}"#)
    }

    func expectAnswer(to id: JSONValue) async throws {
        let message = try await next()
        #expect(message["id"] == id)
    }

    /// The next message, checked.
    func next() async throws -> JSONObject {
        var written = writer.written.makeAsyncIterator()
        let line = try #require(await written.next(isolation: nil))
        #expect(line.last == 10)
        #expect(line.filter { $0 == 10 }.count == 1)
        let value = try JSONValue(parsing: line.dropLast())
        if let batch = value.array { return ["batch": .array(batch)] }
        let message = try #require(value.object)
        if message["method"] == nil { MessageCheck.check(message) }
        return message
    }
}

/// The structure every message of the server has.
enum MessageCheck {
    static func check(_ message: JSONObject) {
        #expect(message["jsonrpc"] == "2.0")
        #expect(message["id"] != nil)
        #expect((message["result"] == nil) != (message["error"] == nil))
        if let error = message["error"]?.object {
            #expect(error["code"]?.int != nil)
            #expect(error["message"]?.string?.isEmpty == false)
        }
        if let result = message["result"]?.object, result["content"] != nil { checkTool(result) }
    }

    private static func checkTool(_ result: JSONObject) {
        let content = result["content"]?.array ?? []
        #expect(!content.isEmpty)
        for block in content {
            #expect(block.object?["type"] == "text")
            #expect(block.object?["text"]?.string?.isEmpty == false)
        }
        let isError = result["isError"]?.bool
        #expect(isError != nil)
        #expect((result["structuredContent"] == nil) == (isError == true))
        #expect((result["_meta"]?.object?[FailureReport.metaKey] != nil) == (isError == true))
        if let structured = result["structuredContent"],
            let text = content.first?.object?["text"]?.string
        {
            let parsed = try? JSONValue(parsing: Array(text.utf8))
            #expect(parsed == structured)
        }
    }

    /// That `value` is what the tool's output schema promises, one level deep.
    static func check(_ value: JSONObject, against tool: ToolName) throws {
        let description = ToolCatalogue.tool(tool).description
        let schema = try #require(description.object?["outputSchema"]?.object)
        let properties = schema["properties"]?.object?.members.map(\.name) ?? []
        for member in value.members { #expect(properties.contains(member.name)) }
        for required in schema["required"]?.array ?? [] {
            #expect(value[required.string ?? ""] != nil)
        }
    }
}

extension JSONObject {
    /// Of a tool's result.
    var errorText: String? {
        let result = self["result"]?.object
        guard result?["isError"] == true else { return nil }
        return result?["content"]?.array?.first?.object?["text"]?.string
    }

    var structured: JSONObject? { self["result"]?.object?["structuredContent"]?.object }

    var errorMeta: JSONObject? {
        self["result"]?.object?["_meta"]?.object?[FailureReport.metaKey]?.object
    }

    /// The JSON inside the only content of a resource.
    var resource: JSONObject? {
        let content = self["result"]?.object?["contents"]?.array?.first?.object
        return content?["text"]?.string.flatMap { try? JSONValue(parsing: Array($0.utf8)) }?.object
    }
}
