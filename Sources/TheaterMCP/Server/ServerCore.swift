import TheaterProtocol

/// The server between a stream of lines and a writer, without any I/O of its own.
struct ServerCore: Sendable {
    let service: any TheaterService
    let settings: ServerSettings
    let log: Log
    let writer: any MessageWriter

    /// Serves until the input ends; then what is at work gets a moment to finish.
    func run(_ input: AsyncStream<LineFramer.Line>) async {
        let table = RequestTable(settings: settings)
        await withDiscardingTaskGroup { group in
            var session = Session()
            for await line in input {
                let step =
                    switch line {
                    case .message(let bytes): session.receive(bytes)
                    case .tooLong: session.receiveTooLongLine()
                    }
                for entry in await take(step, into: table) {
                    group.addTask { await work(from: entry, of: table) }
                }
            }
            log.debug("end of input")
            await waitUntilIdle(table)
            group.cancelAll()
        }
    }

    /// Does what needs no time; returns the requests that need a task each.
    private func take(_ step: Session.Step, into table: RequestTable) async -> [RequestTable.Entry]
    {
        switch step {
        case .ignore(let reason):
            log.debug("ignored: \(reason)")
            return []
        case .cancel(let id):
            if let message = await table.cancel(id) { writer.send(message) }
            return []
        case .answer, .start:
            return await take(step, batch: nil, into: table)
        case .batch(let steps):
            return await takeBatch(steps, into: table)
        }
    }

    private func takeBatch(
        _ steps: [Session.Step], into table: RequestTable
    ) async -> [RequestTable.Entry] {
        var entries: [RequestTable.Entry] = []
        var requests: [Session.Step] = []
        for step in steps {
            switch step {
            case .answer, .start: requests.append(step)
            default: entries += await take(step, into: table)
            }
        }
        guard !requests.isEmpty else { return entries }
        let batch = await table.openBatch(count: requests.count)
        for request in requests { entries += await take(request, batch: batch, into: table) }
        return entries
    }

    /// Takes a request of a batch, or one of its own.
    private func take(
        _ step: Session.Step, batch: RequestTable.BatchID?, into table: RequestTable
    ) async -> [RequestTable.Entry] {
        var answer: (Answer, RequestID?)?
        switch step {
        case .answer(let content, let id):
            answer = (content, id)
        case .start(let work):
            switch await table.admit(work, batch: batch) {
            case .run(let entry): return [entry]
            case .wait: return []
            case .refuse(let error, let id): answer = (.error(error), id)
            }
        case .cancel, .batch, .ignore:
            break
        }
        guard let (content, id) = answer else { return [] }
        if case .error(let error) = content { log.debug("refused: \(error.message)") }
        if let message = await table.answered(content.message(to: id), batch: batch) {
            writer.send(message)
        }
        return []
    }

    /// One task: this request, and after it those that wait.
    private func work(from first: RequestTable.Entry, of table: RequestTable) async {
        var entry: RequestTable.Entry? = first
        while let current = entry {
            let answer = await untilCancelled(current.cancellation) {
                await reportingProgress(of: current, in: table) { await perform(current.work) }
            }
            if let message = await table.finish(current, with: answer) { writer.send(message) }
            entry = await table.next()
        }
    }

    /// Tells the host at intervals that the work goes on, if it asked for it.
    private func reportingProgress(
        of entry: RequestTable.Entry, in table: RequestTable,
        _ body: @escaping @Sendable () async -> Answer
    ) async -> Answer {
        guard let token = entry.work.progressToken else { return await body() }
        let begin = ContinuousClock.now
        return await withTaskGroup(of: Void.self) { group in
            group.addTask {
                while (try? await Task.sleep(for: settings.progressInterval)) != nil {
                    let report = ProgressReport(
                        token: token, elapsed: .now - begin, service: service)
                    await table.report(report.message, about: entry, to: writer)
                }
            }
            let answer = await body()
            group.cancelAll()
            return answer
        }
    }

    private func perform(_ work: Session.Work) async -> Answer {
        let budget = CallBudget(
            total: settings.callBudget, requestTimeout: settings.requestTimeout)
        switch work.operation {
        case .call(let tool, let arguments):
            let runner = ToolRunner(service: service, log: log)
            let result = await runner.run(tool, arguments, within: budget)
            return .result(result.enveloped(for: work.revision))
        case .read(let address, let uri):
            do throws(RPCError) {
                let reader = ResourceReader(service: service, log: log)
                let result = try await reader.read(
                    address, uri: uri, revision: work.revision, within: budget)
                return .result(result.enveloped(for: work.revision, .live))
            } catch {
                return .error(error)
            }
        }
    }

    /// What has been asked for before the end of the input is answered if it takes no longer.
    private func waitUntilIdle(_ table: RequestTable) async {
        let idle = await table.idle()
        _ = await untilCancelled(idle) { try? await Task.sleep(for: settings.closingGrace) }
    }
}

/// Runs `body` until it is done or `signal` ends; nil when `signal` was first, or when the task
/// itself was cancelled: what a cancelled body returns is nobody's answer.
private func untilCancelled<Result: Sendable>(
    _ signal: AsyncStream<Never>, _ body: @escaping @Sendable () async -> Result
) async -> Result? {
    await withTaskGroup(of: Result?.self) { group in
        group.addTask { await body() }
        group.addTask {
            for await _ in signal {}
            return nil
        }
        let first = await group.next() ?? nil
        group.cancelAll()
        return Task.isCancelled ? nil : first
    }
}
