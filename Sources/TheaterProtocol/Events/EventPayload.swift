/// What an event tells: its `data`, read in the form of any era (wire reference §9).
///
/// | servers | form of `data` |
/// |---|---|
/// | until 2026-01 | JSON, `{"Wasm":{"WasmCall":{…}}}`: a group, an event |
/// | until 2026-04-11 | JSON, `{"category":"Wasm","WasmCall":{…}}` |
/// | since | CGRF, a variant `chain-event-payload` |
///
/// What is of an unknown kind is a value as well, never an error.
public enum EventPayload: Sendable, Equatable {
    /// The actor called into its host.
    case hostFunctionCall(HostFunctionCall)
    /// The host called a function of the actor.
    case wasmCall(function: String, parameters: PayloadValue)
    /// That function returned: the new state, where there is one, and the response.
    case wasmResult(function: String, state: PayloadValue?, response: PayloadValue)
    /// That function failed or trapped.
    case wasmError(function: String, message: String)
    /// The actor's package could not be loaded.
    case wasmCreationError(String)
    /// The actor was stopped: the last event of its chain, since 2026-01.
    case shutdown
    /// How a replay went.
    case replaySummary(ReplaySummary)
    /// 2025's events of a handler: group, for example `Runtime`, name, for example `Log`.
    case handlerEvent(group: String, name: String, JSONValue)
    /// JSON of an unknown shape.
    case json(JSONValue)
    /// A typed value of an unknown shape.
    case value(PackValue)
    /// Neither JSON nor CGRF version 2.
    case undecoded([UInt8])

    /// What the actor logged, in the form of any era; nil for every other event.
    public var logMessage: String? {
        switch self {
        case .handlerEvent(group: "Runtime", name: "Log", let content):
            content.object?["message"]?.string
        case .hostFunctionCall(let call)
        where call.function == "log" && call.interface.hasSuffix("/runtime"):
            call.input.string
        default: nil
        }
    }
}

extension ChainEvent {
    /// What the event tells.
    ///
    /// Read from `data` anew each time, in time linear in its size: decoding an event never pays
    /// for it.
    public var payload: EventPayload {
        let payload = EventPayload(data: data)
        if eventType == "shutdown", case .wasmCall(function: "shutdown", _) = payload {
            return .shutdown
        }
        return payload
    }
}

extension EventPayload {
    /// Reads `data` alone, without the type of its event.
    init(data: [UInt8]) {
        if data.starts(with: GraphWriter.magic) {
            do throws(PackError) {
                self = EventPayload(try PackValue(decoding: data))
            } catch {
                self = .undecoded(data)
            }
        } else {
            var reader = JSONReader(data)
            do throws(JSONFault) {
                self = try reader.readEventPayload()
                try reader.readEnd()
            } catch {
                self = .undecoded(data)
            }
        }
    }
}
