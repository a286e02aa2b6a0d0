import CommandLineOptions
import Glibc
import TheaterProtocol
import TheaterTesting

let options = Options.table.parseProcessArgumentsOrExit()

let configuration: TestServer.Configuration
do throws(UsageError) {
    configuration = try Options.configuration(from: options)
} catch {
    Options.table.exitWithUsageError(error)
}

do throws(TestServerError) {
    let server = try await TestServer.start(configuration)
    let era = configuration.era
    let line = "listening on \(server.address) (\(era.wireFormat.rawValue), era \(era.rawValue))"
    await server.untilTerminated {
        print(line)
        fflush(nil)
    }
    await server.close()
} catch {
    let text = "theater-test-server: \(error)\n"
    _ = write(STDERR_FILENO, text, text.utf8.count)
    exit(1)
}
