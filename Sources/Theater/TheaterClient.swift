internal import Synchronization
internal import TheaterProtocol
internal import TheaterStateMachine
internal import UVEventLoop

/// A client of one Theater server that reconnects by itself.
///
/// Making one costs nothing and cannot fail: the first request starts the loop thread and dials. Every
/// request ends exactly once, by its deadline at the latest, with a reply or with a ``TheaterError``.
/// A command that changes something is never executed twice; reads are sent again when a connection is
/// lost. May be used from any task and any thread.
///
/// ```swift
/// let client = TheaterClient(configuration: Configuration(endpoint: Endpoint(port: 9000)))
/// let actors = try await client.listActors()
/// await client.close()
/// ```
public final class TheaterClient: Sendable {
    /// As given to the initialiser.
    public let configuration: Configuration

    private let observer: (any ClientObserver)?
    private let board = StatusBoard()
    private let lastRequest = Atomic<UInt64>(0)
    private let lastSubscription = Atomic<UInt64>(0)
    private let life = Locked(Life.unborn)

    private enum Life {
        case unborn
        case alive(ConnectionDriver)
        case closed(ConnectionDriver?)
    }

    /// A client that dials when the first request wants it.
    ///
    /// - Parameters:
    ///   - configuration: Where, and how patiently.
    ///   - observer: Told what the client does, on the loop thread.
    public init(configuration: Configuration = .init(), observer: (any ClientObserver)? = nil) {
        self.configuration = configuration
        self.observer = observer
    }

    deinit {
        if case .alive(let driver) = life.withLock({ $0 }) { driver.abandon() }
        board.close()
    }

    /// The state of the link now.
    ///
    /// Any thread; does not wait.
    public var state: ConnectionState { board.state }

    /// The states of the link: the current one, then each change.
    ///
    /// See ``ConnectionStates``.
    public var states: ConnectionStates {
        ConnectionStates { [board] in board.makeStream() }
    }

    /// Counters since the client was made.
    ///
    /// Any thread; does not wait.
    public var statistics: ClientStatistics { board.statistics }

    /// Waits until the client is closed or the task is cancelled, then closes it.
    ///
    /// For service lifecycles; requests work without it.
    public func run() async {
        for await state in states where state == .closed { break }
        await close()
    }

    /// Ends the client: no new requests, those in flight may finish within `drain`, then every connection
    /// is closed and the loop thread ends.
    ///
    /// Requests that were never sent end with ``TheaterError/Code/clientClosed``. A second call waits for
    /// the same end. Cancellation of the task does not shorten it.
    ///
    /// - Parameter drain: For requests in flight; zero ends them at once.
    public func close(drain: Duration = .seconds(5)) async {
        let driver: ConnectionDriver? = life.withLock { life in
            switch life {
            case .unborn:
                life = .closed(nil)
                return nil
            case .alive(let driver):
                life = .closed(driver)
                return driver
            case .closed(let driver): return driver
            }
        }
        guard let driver else { return board.close() }
        await driver.shutDown(drain: drain)
        await driver.loop.shutDown()
    }

    // MARK: Requests

    /// Sends one command and waits for its reply.
    func perform(
        _ command: Command, by deadline: MonotonicInstant, dropLimit: Int? = nil,
        subscription: SubscriptionKey? = nil
    ) async throws(TheaterError) -> ServerMessage {
        guard !Task.isCancelled else {
            throw TheaterError(
                RequestFailure(kind: .cancelled, phase: .queued), command: command.name,
                endpoint: configuration.endpoint)
        }
        let driver = try driver(for: command)
        let number = lastRequest.wrappingAdd(1, ordering: .relaxed).newValue
        let submission = Submission(
            id: RequestID(number), command: command, message: command.encoded(),
            deadline: deadline, dropLimit: dropLimit, subscription: subscription)
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                driver.submit(submission, continuation: continuation)
                // A cancellation that came before the submission found nothing to cancel.
                if Task.isCancelled { driver.cancel(submission.id) }
            }
        } onCancel: {
            driver.cancel(submission.id)
        }
        switch outcome {
        case .success(.error(let error)):
            throw .answered(error, command: command, endpoint: configuration.endpoint)
        case .success(let message): return message
        case .failure(let failure):
            throw TheaterError(failure, command: command.name, endpoint: configuration.endpoint)
        }
    }

    func nextSubscription() -> SubscriptionKey {
        SubscriptionKey(lastSubscription.wrappingAdd(1, ordering: .relaxed).newValue)
    }

    /// Events for `key` go to `buffer` from now on.
    func prepare(
        _ key: SubscriptionKey, buffer: EventBuffer, for command: Command
    ) throws(TheaterError) {
        try driver(for: command).prepare(key, buffer: buffer)
    }

    func deadline(_ options: RequestOptions) -> MonotonicInstant {
        .now + (options.timeout ?? configuration.requestTimeout)
    }

    /// The driver this client has; nil before the first request and after the end.
    var existingDriver: ConnectionDriver? {
        if case .alive(let driver) = life.withLock({ $0 }) { driver } else { nil }
    }

    /// The loop this client has, or had.
    var loop: EventLoop? {
        switch life.withLock({ $0 }) {
        case .unborn, .closed(nil): nil
        case .alive(let driver), .closed(let driver?): driver.loop
        }
    }

    private func driver(for command: Command) throws(TheaterError) -> ConnectionDriver {
        let result: Result<ConnectionDriver, TheaterError> = life.withLock { life in
            switch life {
            case .alive(let driver): return .success(driver)
            case .closed:
                let failure = RequestFailure(kind: .clientClosed, phase: .queued)
                return .failure(
                    TheaterError(
                        failure, command: command.name, endpoint: configuration.endpoint))
            case .unborn:
                do throws(UVError) {
                    let driver = ConnectionDriver(
                        loop: try EventLoop(), configuration: configuration, board: board,
                        observer: observer)
                    life = .alive(driver)
                    return .success(driver)
                } catch {
                    return .failure(
                        .noLoop(error, command: command.name, endpoint: configuration.endpoint))
                }
            }
        }
        return try result.get()
    }
}

/// Runs `body` with a client and closes the client afterwards, whatever happens.
///
/// - Parameters:
///   - configuration: Where, and how patiently.
///   - observer: Told what the client does.
///   - body: Works with the client.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws.
public func withTheaterClient<Value, Failure: Error>(
    configuration: Configuration = .init(), observer: (any ClientObserver)? = nil,
    _ body: (TheaterClient) async throws(Failure) -> Value
) async throws(Failure) -> Value {
    let client = TheaterClient(configuration: configuration, observer: observer)
    do throws(Failure) {
        let value = try await body(client)
        await client.close()
        return value
    } catch {
        await client.close()
        throw error
    }
}
