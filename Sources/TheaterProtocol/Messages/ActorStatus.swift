/// Whether an actor runs (wire reference §9).
public enum ActorStatus: Sendable, Hashable {
    /// It runs, or is paused after a trap: servers until 2025 tell no difference.
    case running
    /// It is gone, or never was.
    case stopped
    /// Never sent by a known server.
    case failed
    /// A status this library does not know: its name.
    case unknown(String)

    /// Name on the wire, for example "Running".
    public var name: String {
        switch self {
        case .running: "Running"
        case .stopped: "Stopped"
        case .failed: "Failed"
        case .unknown(let name): name
        }
    }
}

extension Field where Value == ActorStatus {
    static func status(_ name: String) -> Field {
        Field(name) { (reader) throws(JSONFault) in
            switch try reader.readString() {
            case "Running": .running
            case "Stopped": .stopped
            case "Failed": .failed
            case let name: .unknown(name)
            }
        }
    }
}
