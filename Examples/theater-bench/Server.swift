import CBaselineClient
import Theater
import TheaterTesting

/// What both clients talk to.
struct Server {
    /// Where it runs, which decides whether the figures are the clients' alone.
    enum Place {
        /// Its own process: the fair way.
        case ownProcess(server_process_t)
        /// This one, because there is no `theater-test-server` beside this program.
        case thisProcess(TestServer)
        /// Somebody else's.
        case elsewhere
    }

    let place: Place
    let endpoint: Endpoint
    let wireFormat: WireFormat

    static func start(address: Endpoint?, wireFormat: WireFormat) async throws -> Server {
        if let address {
            return Server(place: .elsewhere, endpoint: address, wireFormat: wireFormat)
        }
        var process = server_process_t()
        if server_process_start("theater-test-server", wireFormat.rawValue, &process) == 0 {
            return Server(
                place: .ownProcess(process), endpoint: Endpoint(port: process.port),
                wireFormat: wireFormat)
        }
        let era: ServerEra = wireFormat == .plain ? .april2025 : .june2025
        let server = try await TestServer.start(.init(era: era))
        return Server(
            place: .thisProcess(server), endpoint: Endpoint(port: server.port),
            wireFormat: wireFormat)
    }

    func end() async {
        switch place {
        case .ownProcess(var process): server_process_end(&process)
        case .thisProcess(let server): await server.close()
        case .elsewhere: break
        }
    }
}

extension Server: CustomStringConvertible {
    var description: String {
        let whose =
            switch place {
            case .ownProcess: "stand-in in a process of its own"
            case .thisProcess: "stand-in in this process (no theater-test-server found)"
            case .elsewhere: "given"
            }
        return "\(endpoint), \(wireFormat.rawValue), \(whose)"
    }
}
