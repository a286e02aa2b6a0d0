import UVEventLoop

/// The MCP server of this process, on its standard input and output.
public struct MCPServer: Sendable {
    private let service: any TheaterService
    private let settings: ServerSettings
    private let log: Log

    /// Serves `service`; nothing is asked of it before a host calls a tool.
    public init(service: any TheaterService, settings: ServerSettings = .init(), log: Log) {
        self.service = service
        self.settings = settings
        self.log = log
    }

    /// Serves until standard input ends, the host stops reading, or SIGTERM or SIGINT arrives.
    ///
    /// Returns within a second of that, whatever is at work. Meant to be called once in the life of
    /// a process: it takes descriptors 0 and 1 over and leaves 1 leading to standard error.
    ///
    /// - Throws: ``MCPServerError`` when the streams cannot be taken over.
    public func run() async throws(MCPServerError) {
        let loop: EventLoop
        do throws(UVError) {
            loop = try EventLoop(name: "mcp-stdio")
        } catch {
            throw MCPServerError(description: "event loop: \(error)")
        }
        let streams = StandardStreams(on: loop, log: log)
        do throws(MCPServerError) {
            try await streams.open()
        } catch {
            await loop.shutDown()
            throw error
        }
        let core = ServerCore(service: service, settings: settings, log: log, writer: streams)
        await core.run(streams.input)
        await streams.flush(atMost: .milliseconds(200))
        await loop.shutDown()
    }
}

/// Why a server could not start.
public struct MCPServerError: Error, Sendable, CustomStringConvertible {
    /// One line for people.
    public let description: String
}
