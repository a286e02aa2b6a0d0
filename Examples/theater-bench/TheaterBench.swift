import CommandLineOptions
import Glibc

/// Measures the client against a plain C client on libuv: same server, same frames, same minute.
///
/// ```
///   this program ─┬─ C client ────┐
///                 │               ├── theater-test-server, a process of its own (or --address)
///                 └─ TheaterClient┘
/// ```
@main
enum TheaterBench {
    static func main() async {
        let options = Options.table.parseProcessArgumentsOrExit()
        do {
            let server = try await Server.start(
                address: options[Options.address], wireFormat: options[Options.wireFormat])
            let results = try await Benchmark.run(
                on: server, plan: Plan(runs: options[Options.runs], slice: options[Options.slice]))
            await server.end()
            print(options[Options.isJSON] ? results.json : results.text)
        } catch {
            let text = "theater-bench: \(error)\n"
            _ = write(STDERR_FILENO, text, text.utf8.count)
            exit(1)
        }
    }
}

/// What cannot be measured, and why.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String
}
