import TheaterProtocol
import TheaterStateMachine
import UVEventLoop

extension MonotonicInstant {
    /// The loop's monotonic clock.
    static var now: MonotonicInstant {
        MonotonicInstant(nanoseconds: Int64(clamping: EventLoop.nowNanoseconds))
    }
}

extension Actions {
    var isEmpty: Bool {
        completions.isEmpty && transport.isEmpty && pushes.isEmpty && reports.isEmpty
    }
}

extension TCPOptions {
    init(_ policy: SocketPolicy) {
        self.init()
        quickAcknowledge = policy.acknowledgement == .immediate
    }
}

extension LinkFailure {
    /// Errors of this machine's own resources, which say nothing about the server.
    private static let localErrors: Set<String> = [
        "EMFILE", "ENFILE", "ENOBUFS", "ENOMEM", "EADDRNOTAVAIL",
    ]

    init(_ reason: StreamCloseReason) {
        self =
            switch reason {
            case .closedLocally: .closedByClient
            case .endOfStream: .closedByPeer
            // To a client, a reset is a close without the manners.
            case .failed(let error) where ["ECONNRESET", "EPIPE"].contains(error.name):
                .closedByPeer
            case .failed(let error) where Self.localErrors.contains(error.name):
                .localResource(error.message)
            case .failed(let error): .transport(error.message)
            }
    }
}

extension ClientEvent {
    init(_ report: Report, now: MonotonicInstant, command: (RequestID) -> String) {
        self =
            switch report {
            case .stateChanged(let state): .stateChanged(ConnectionState(state, now: now))
            case .dialStarted(let attempt): .dialStarted(attempt: attempt)
            case .dialFailed(let attempt, let cause, let wait):
                .dialFailed(attempt: attempt, ConnectionFailure(cause), nextDialIn: wait)
            case .connectionLost(let cause): .connectionLost(ConnectionFailure(cause))
            case .recovered(let downtime, let dials): .recovered(downtime: downtime, dials: dials)
            case .requestSentAgain(let id, let attempt):
                .requestSentAgain(command: command(id), attempt: attempt)
            case .unknownMessage(let variant): .unknownMessage(variant: variant)
            }
    }
}
