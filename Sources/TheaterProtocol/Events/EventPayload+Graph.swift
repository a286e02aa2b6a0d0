extension EventPayload {
    /// Reads a `chain-event-payload`; what has another shape is kept as the value it is.
    init(_ value: PackValue) {
        self = Self.known(value) ?? .value(value)
    }

    private static func known(_ value: PackValue) -> EventPayload? {
        guard case .variant(let variant) = value, let content = variant.payload.first else {
            return nil
        }
        switch variant.caseName {
        case "host-function": return hostFunctionCall(content)
        case "wasm": return wasmEvent(content)
        case "replay-summary": return replaySummary(content)
        default: return nil
        }
    }

    private static func hostFunctionCall(_ record: PackValue) -> EventPayload? {
        guard let interface = record[field: "interface"]?.string,
            let function = record[field: "function"]?.string,
            let input = record[field: "input"], let output = record[field: "output"]
        else { return nil }
        return .hostFunctionCall(
            HostFunctionCall(
                interface: interface, function: function, input: .value(input),
                output: .value(output)))
    }

    private static func wasmEvent(_ value: PackValue) -> EventPayload? {
        guard case .variant(let variant) = value, let record = variant.payload.first else {
            return nil
        }
        if variant.caseName == "wasm-component-creation-error" {
            return record[field: "error"]?.string.map(EventPayload.wasmCreationError)
        }
        guard let function = record[field: "function-name"]?.string else { return nil }
        switch variant.caseName {
        case "wasm-call":
            return record[field: "params"].map {
                .wasmCall(function: function, parameters: .value($0))
            }
        case "wasm-result":
            return result(of: function, record)
        case "wasm-error":
            return record[field: "message"]?.string.map {
                .wasmError(function: function, message: $0)
            }
        default:
            return nil
        }
    }

    /// From 2026-04-11 to 04-14 the fields were an optional `value` and `bytes`.
    private static func result(of function: String, _ record: PackValue) -> EventPayload? {
        if let response = record[field: "response"] {
            return .wasmResult(
                function: function, state: record[field: "state"].map(PayloadValue.value),
                response: .value(response))
        }
        guard let response = record[field: "bytes"],
            case .option(_, let state) = record[field: "value"]
        else { return nil }
        return .wasmResult(
            function: function, state: state.map(PayloadValue.value), response: .value(response))
    }

    private static func replaySummary(_ record: PackValue) -> EventPayload? {
        guard case .u64(let total) = record[field: "total-events"],
            case .u64(let replayed) = record[field: "events-replayed"],
            case .u64(let mismatches) = record[field: "mismatches"],
            case .bool(let success) = record[field: "success"]
        else { return nil }
        var error: String?
        if case .option(_, let text) = record[field: "error"] { error = text?.string }
        return .replaySummary(
            ReplaySummary(
                totalEvents: total, eventsReplayed: replayed, mismatches: mismatches,
                success: success, error: error))
    }
}
