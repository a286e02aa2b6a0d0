import TheaterProtocol

/// Every request that is not answered yet, and who may still be answered.
///
///     admit ──▶ running ── finish ──▶ answered
///       │          ▲  │
///       ▼          │  └── cancel ──▶ forgotten (its task is told to stop)
///     waiting ─────┘
///       └────── cancel ─────────────▶ forgotten
///
/// A request leaves the table exactly once, so it is answered at most once and never after it was
/// cancelled.
actor RequestTable {
    /// A request with what is needed to run and to stop it.
    struct Entry: Sendable {
        let work: Session.Work
        let batch: BatchID?
        /// Ends when the request is cancelled.
        let cancellation: AsyncStream<Never>
        fileprivate let stop: AsyncStream<Never>.Continuation
    }

    enum Admission: Sendable {
        case run(Entry)
        case wait
        case refuse(RPCError, to: RequestID?)
    }

    struct BatchID: Hashable, Sendable {
        fileprivate let number: Int
    }

    private struct Batch {
        var open: Int
        var answers: [JSONValue]
    }

    private let runningLimit: Int
    private let waitingLimit: Int
    private var running: [RequestID: Entry] = [:]
    /// Tasks at work, including those that wind up a cancelled request.
    private var taskCount = 0
    private var waiting: [Entry] = []
    private var batches: [BatchID: Batch] = [:]
    private var lastBatch = 0
    private var idleSignal: AsyncStream<Never>.Continuation?

    init(settings: ServerSettings) {
        runningLimit = settings.runningRequests
        waitingLimit = settings.waitingRequests
    }

    /// Takes a request in.
    func admit(_ work: Session.Work, batch: BatchID? = nil) -> Admission {
        let isKnown = running[work.id] != nil || waiting.contains { $0.work.id == work.id }
        guard !isKnown else {
            // Not answered to the id: the host would take it for the first request's answer.
            return .refuse(RPCError(.invalidRequest, "This id is in use"), to: nil)
        }
        let (stream, stop) = AsyncStream.makeStream(of: Never.self)
        let entry = Entry(work: work, batch: batch, cancellation: stream, stop: stop)
        if taskCount < runningLimit {
            taskCount += 1
            running[work.id] = entry
            return .run(entry)
        }
        guard waiting.count < waitingLimit else {
            let reason = "Too many requests: \(waitingLimit) are waiting already"
            return .refuse(RPCError(.internalError, reason), to: work.id)
        }
        waiting.append(entry)
        return .wait
    }

    /// Ends a request.
    ///
    /// The result is what to write now, if anything.
    func finish(_ entry: Entry, with answer: Answer?) -> JSONValue? {
        // Cancelled meanwhile; its id may even belong to a newer request.
        guard running[entry.work.id]?.stop == entry.stop else { return nil }
        running[entry.work.id] = nil
        return answered(answer.map { $0.message(to: entry.work.id) }, batch: entry.batch)
    }

    /// The next request for a task that has finished one; nil: the task is to end.
    func next() -> Entry? {
        guard !waiting.isEmpty else {
            taskCount -= 1
            signalIfIdle()
            return nil
        }
        let entry = waiting.removeFirst()
        running[entry.work.id] = entry
        return entry
    }

    /// Writes a message about a request that is still at work, and about no other.
    ///
    /// In one step with the check, so that nothing follows a cancellation.
    func report(_ message: JSONValue, about entry: Entry, to writer: any MessageWriter) {
        if running[entry.work.id]?.stop == entry.stop { writer.send(message) }
    }

    /// Forgets a request.
    ///
    /// The result is what to write now: the rest of its batch, if that is whole.
    func cancel(_ id: RequestID) -> JSONValue? {
        let waitingIndex = waiting.firstIndex { $0.work.id == id }
        let entry = running.removeValue(forKey: id) ?? waitingIndex.map { waiting.remove(at: $0) }
        guard let entry else { return nil }
        entry.stop.finish()
        return answered(nil, batch: entry.batch)
    }

    /// Opens a batch of `count` requests, some of which may be answered already.
    func openBatch(count: Int) -> BatchID {
        lastBatch += 1
        let id = BatchID(number: lastBatch)
        batches[id] = Batch(open: count, answers: [])
        return id
    }

    /// Takes an answer in.
    ///
    /// The result is what to write: the answer, or its batch when whole.
    func answered(_ message: JSONValue?, batch id: BatchID?) -> JSONValue? {
        guard let id else { return message }
        guard var batch = batches.removeValue(forKey: id) else { return nil }
        batch.open -= 1
        if let message { batch.answers.append(message) }
        if batch.open == 0 { return batch.answers.isEmpty ? nil : .array(batch.answers) }
        batches[id] = batch
        return nil
    }

    /// Ends when no task is at work any more.
    func idle() -> AsyncStream<Never> {
        let (stream, signal) = AsyncStream.makeStream(of: Never.self)
        idleSignal = signal
        signalIfIdle()
        return stream
    }

    private func signalIfIdle() {
        if taskCount == 0 { idleSignal?.finish() }
    }
}
