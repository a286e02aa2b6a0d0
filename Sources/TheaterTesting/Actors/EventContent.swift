import TheaterProtocol

/// What an event tells, before an era gives it its shape.
enum EventContent: Sendable {
    case loaded(ActorID, manifestHash: String)
    /// `parameters` and `response` are JSON texts.
    case called(function: String, parameters: [UInt8])
    case returned(function: String, state: [UInt8], response: [UInt8])
    case failed(function: String, message: String)
    case logged(String)
    case shutdownCalled(result: [UInt8]?)
    case shutdownRequested
    /// The stop marker: the last event of an actor.
    case stopped
}

extension EventContent {
    /// `event_type` (wire reference §9).
    func type(in namespace: String) -> String {
        switch self {
        case .loaded: "theater-runtime"
        case .called, .returned, .failed: "wasm"
        case .logged: "\(namespace)/runtime/log"
        case .shutdownCalled, .shutdownRequested: "\(namespace)/runtime/shutdown"
        case .stopped: "shutdown"
        }
    }

    /// `description`, in the eras that have one.
    var eventDescription: String {
        switch self {
        case .loaded(let id, let manifestHash):
            "Loading actor [\(id)] from manifest [\(manifestHash)] "
        case .called(let function, _):
            "Wasm call to function '\(function)'"
        case .returned(let function, _, _):
            "Wasm call to function '\(function)' completed"
        case .failed(let function, _):
            "Wasm call to function '\(function)' failed"
        case .logged(let line):
            "Actor log: \(line)"
        case .shutdownCalled(let result):
            "Actor shutdown with data: \(result.map { "Some(\($0))" } ?? "None")"
        case .shutdownRequested:
            "Shutdown command sent successfully"
        case .stopped:
            "shutdown"
        }
    }

    /// April 2025 gives the wasm events the time 0 (seen in the recordings).
    var isWasm: Bool {
        switch self {
        case .called, .returned, .failed, .stopped: true
        case .loaded, .logged, .shutdownCalled, .shutdownRequested: false
        }
    }
}
