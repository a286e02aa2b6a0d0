import TheaterProtocol
import TheaterStateMachine
import UVEventLoop

/// What any thread may ask at any time: the state of the link, the counters, the streams of states.
final class StatusBoard: Sendable {
    private struct Contents {
        var state = ConnectionState.disconnected(retryAt: nil, attempt: 0, lastError: nil)
        var statistics = ClientStatistics()
        var subscribers: [UInt64: AsyncStream<ConnectionState>.Continuation] = [:]
        var lastSubscriber: UInt64 = 0
    }

    private let contents = Locked(Contents())

    var state: ConnectionState { contents.withLock { $0.state } }
    var statistics: ClientStatistics { contents.withLock { $0.statistics } }

    func makeStream() -> AsyncStream<ConnectionState> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: ConnectionState.self, bufferingPolicy: .bufferingNewest(1))
        let number = contents.withLock { contents in
            continuation.yield(contents.state)
            contents.lastSubscriber += 1
            contents.subscribers[contents.lastSubscriber] = continuation
            return contents.lastSubscriber
        }
        continuation.onTermination = { [weak self] _ in
            self?.contents.withLock { $0.subscribers[number] = nil }
        }
        if state == .closed { continuation.finish() }
        return stream
    }

    func update(gauge: ClientStateMachine.Gauge) {
        contents.withLock { contents in
            contents.statistics.requestsQueued = gauge.queued
            contents.statistics.requestsInFlight = gauge.inFlight
            contents.statistics.connections = gauge.lanes
        }
    }

    func didComplete(_ outcome: Result<ServerMessage, RequestFailure>) {
        contents.withLock { contents in
            switch outcome {
            case .success: contents.statistics.requestsAnswered += 1
            case .failure: contents.statistics.requestsFailed += 1
            }
        }
    }

    func didObserve(_ event: ClientEvent) {
        contents.withLock { contents in
            switch event {
            case .stateChanged(let state): contents.state = state
            case .dialStarted: contents.statistics.dials += 1
            case .dialFailed(_, let failure, _), .connectionLost(let failure):
                contents.statistics.lastFailure = failure
            case .recovered: contents.statistics.reconnections += 1
            case .requestSentAgain: contents.statistics.requestsSentAgain += 1
            case .unknownMessage: break
            }
        }
        if case .stateChanged(let state) = event { publish(state) }
    }

    /// The client was closed before it ever had a loop.
    func close() {
        contents.withLock { $0.state = .closed }
        publish(.closed)
    }

    /// Outside the lock: a stream that ends calls `onTermination`, which takes it.
    private func publish(_ state: ConnectionState) {
        let subscribers = contents.withLock { Array($0.subscribers.values) }
        for subscriber in subscribers {
            subscriber.yield(state)
            if state == .closed { subscriber.finish() }
        }
    }
}
