import Theater

/// One line for each event, one for each gap, and a count at the end.
struct Tail {
    let client: TheaterClient
    let limit: Int?

    func run(_ stream: ActorEvents) async throws(TheaterError) {
        var events = 0
        var gaps = 0
        var failure: TheaterError?
        do throws(TheaterError) {
            for try await element in stream {
                switch element {
                case .event(let event):
                    events += 1
                    print(line(for: event))
                case .gap(let gap):
                    gaps += 1
                    print("---- gap: \(describe(gap))")
                }
                if let limit, events >= limit { break }
            }
        } catch {
            failure = error
        }
        let reconnections = client.statistics.reconnections
        print("-- \(events) events, \(gaps) gaps, \(reconnections) reconnections")
        if let failure { throw failure }
    }

    private func line(for event: ChainEvent) -> String {
        let hash = event.hash.prefix(4).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }
        return "\(hash.joined()) \(event.eventType): \(summary(of: event.payload))"
    }

    private func summary(of payload: EventPayload) -> String {
        if let message = payload.logMessage { return "log \"\(message)\"" }
        switch payload {
        case .hostFunctionCall(let call): return "calls \(call.interface)/\(call.function)"
        case .wasmCall(let function, _): return "call of \(function)"
        case .wasmResult(let function, _, _): return "result of \(function)"
        case .wasmError(let function, let message): return "\(function) failed: \(message)"
        case .wasmCreationError(let message): return "cannot be created: \(message)"
        case .shutdown: return "shut down"
        case .replaySummary: return "replay summary"
        case .handlerEvent(let group, let name, _): return "\(group) \(name)"
        case .json(let value):
            return String(decoding: value.encoded().prefix(60), as: UTF8.self)
        case .value, .undecoded: return "\(payload)"
        }
    }

    private func describe(_ gap: EventGap) -> String {
        let count =
            switch gap.missed {
            case .unknown: "events may be missing"
            case .count(let count): "\(count) events are missing"
            }
        return switch gap.reason {
        case .notReceived: "\(count) here, and no history has them"
        case .slowConsumer: "\(count) here, because this program was slow"
        case .unverified: "\(count): an event does not have the hash it claims"
        }
    }
}
