import CommandLineOptions
import Glibc
import Theater
import TheaterMCP
import TheaterTesting

StandardDescriptors.openMissing()
let options = Options.table.parseProcessArgumentsOrExit()

let log: Log
do throws(LogFileError) {
    log =
        if let path = options[Options.logFile] {
            try Log.appending(to: path, level: options[Options.logLevel])
        } else {
            Log.standardError(level: options[Options.logLevel])
        }
} catch {
    Options.table.exitWithUsageError(
        UsageError(reason: .invalidValue, description: "--log-file: \(error)"))
}

do {
    var configuration = Configuration(endpoint: options[Options.address])
    configuration.wireFormat = options[Options.wire]
    configuration.requestTimeout = options[Options.requestTimeout]
    var standIn: TestServer?
    if options[Options.embedded] {
        let server = try await TestServer.start()
        configuration.endpoint = Endpoint(host: "127.0.0.1", port: server.port)
        standIn = server
    }
    let client = TheaterClient(configuration: configuration, observer: OutageLogger(log: log))
    var settings = ServerSettings()
    settings.requestTimeout = options[Options.requestTimeout]
    log.info("theater-mcp-server \(ServerIdentity.version) for \(configuration.endpoint)")
    try await MCPServer(service: client, settings: settings, log: log).run()
    log.info("end")
    // The host is gone: nobody is left for whom the client could finish anything.
    withExtendedLifetime(standIn) { exit(0) }
} catch {
    log.error("theater-mcp-server: \(error)")
    exit(1)
}
