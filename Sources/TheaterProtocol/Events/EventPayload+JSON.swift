extension JSONReader {
    /// The payload in either JSON form, or any other JSON.
    mutating func readEventPayload() throws(JSONFault) -> EventPayload {
        if let payload = try readIfShaped({ (reader) throws(JSONFault) in
            try reader.readCategorizedPayload()
        }) {
            return payload
        }
        if let payload = try readIfShaped({ (reader) throws(JSONFault) in
            try reader.readGroupedPayload()
        }) {
            return payload
        }
        return .json(try readValue())
    }

    /// 2026-01: the group is one member, `category`, beside the others.
    private mutating func readCategorizedPayload() throws(JSONFault) -> EventPayload {
        var ahead = self
        switch try ahead.readFields(.string("category")) {
        case "HostFunction":
            let (interface, function, input, output) = try readFields(
                .string("interface"), .string("function"), .payload("input"), .payload("output"))
            return .hostFunctionCall(
                HostFunctionCall(
                    interface: interface, function: function, input: input, output: output))
        case "ReplaySummary":
            let (total, replayed, mismatches, success, error) = try readFields(
                .integer("total_events"), .integer("events_replayed"), .integer("mismatches"),
                .bool("success"), .optional(.string("error")))
            return .replaySummary(
                ReplaySummary(
                    totalEvents: total, eventsReplayed: replayed, mismatches: mismatches,
                    success: success, error: error))
        case "Wasm":
            var payload: EventPayload?
            try readObject { (name, reader) throws(JSONFault) in
                guard name != "category" else {
                    try reader.skipValue()
                    return
                }
                guard payload == nil else { throw reader.shape("a second event") }
                payload = try reader.readWasmEvent(name)
            }
            guard let payload else { throw shape("no event") }
            return payload
        default:
            throw shape("unknown category")
        }
    }

    /// 2025: the group's name, in it the event's.
    private mutating func readGroupedPayload() throws(JSONFault) -> EventPayload {
        try readVariant { (group, reader) throws(JSONFault) in
            try reader.readVariant { (name, reader) throws(JSONFault) in
                guard group == "Wasm" else {
                    return .handlerEvent(group: group, name: name, try reader.readValue())
                }
                return try reader.readWasmEvent(name)
            }
        }
    }

    private mutating func readWasmEvent(_ name: String) throws(JSONFault) -> EventPayload {
        let function = Field.string("function_name")
        switch name {
        case "WasmCall":
            let (function, parameters) = try readFields(function, .payload("params"))
            return .wasmCall(function: function, parameters: parameters)
        case "WasmResult":
            let (function, result) = try readFields(function, .stateAndResponse("result"))
            return .wasmResult(
                function: function, state: result.state, response: result.response)
        case "WasmError":
            let (function, message) = try readFields(function, .string("message"))
            return .wasmError(function: function, message: message)
        case "WasmComponentCreationError":
            return .wasmCreationError(try readFields(.string("error")))
        default:
            throw shape("unknown wasm event")
        }
    }
}

extension Field where Value == (state: PayloadValue?, response: PayloadValue) {
    /// `[state,response]`, the state `null` where there is none.
    fileprivate static func stateAndResponse(_ name: String) -> Field {
        Field(name) { (reader) throws(JSONFault) in
            var values: [PayloadValue?] = []
            try reader.readArray { (reader) throws(JSONFault) in
                guard values.count < 2 else { throw reader.shape("more than state and response") }
                if reader.peek() == UInt8(ascii: "n") {
                    try reader.readNull()
                    values.append(nil)
                } else {
                    values.append(try reader.readPayloadValue())
                }
            }
            guard values.count == 2, let response = values[1] else {
                throw reader.shape("expected state and response")
            }
            return (values[0], response)
        }
    }
}
