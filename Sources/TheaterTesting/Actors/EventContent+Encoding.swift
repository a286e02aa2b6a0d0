import TheaterProtocol

extension EventContent {
    /// `data`, as the servers of an era write it.
    func data(as format: EraBehavior.EventFormat, namespace: String) -> [UInt8] {
        switch format {
        case .nested: nestedJSON.encoded()
        case .categorized: categorizedJSON(namespace: namespace).encoded()
        case .binary: Self.stopMarker
        }
    }

    /// 2025: `{"Wasm":{"WasmCall":{…}}}`.
    private var nestedJSON: JSONValue {
        switch self {
        case .loaded(_, let manifestHash):
            ["TheaterRuntime": ["ActorLoadCall": ["manifest_id": ["hash": .string(manifestHash)]]]]
        case .logged(let line):
            ["Runtime": ["Log": ["level": "info", "message": .string(line)]]]
        case .shutdownCalled(let result):
            ["Runtime": ["ShutdownCall": ["data": result.map(Self.numbers) ?? .null]]]
        case .shutdownRequested:
            ["Runtime": ["ShutdownRequested": ["success": true]]]
        case .called, .returned, .failed, .stopped:
            ["Wasm": .object([wasmVariant.name: wasmVariant.content])]
        }
    }

    /// 2026-01: `{"category":"Wasm","WasmCall":{…}}`.
    private func categorizedJSON(namespace: String) -> JSONValue {
        switch self {
        case .logged(let line):
            hostCall("log", in: namespace, input: ["String": .string(line)], output: ["Tuple": []])
        case .shutdownCalled(let result):
            hostCall(
                "shutdown", in: namespace,
                input: [
                    "Option": result.map { bytes in
                        ["List": .array(bytes.map { ["U8": .integer(Int64($0))] })]
                    } ?? .null
                ], output: ["Bool": true])
        case .loaded, .shutdownRequested, .called, .returned, .failed, .stopped:
            ["category": "Wasm", wasmVariant.name: wasmVariant.content]
        }
    }

    private func hostCall(
        _ function: String, in namespace: String, input: JSONValue, output: JSONValue
    ) -> JSONValue {
        [
            "category": "HostFunction", "interface": .string("\(namespace)/runtime"),
            "function": .string(function), "input": input, "output": output,
        ]
    }

    private var wasmVariant: (name: String, content: JSONValue) {
        switch self {
        case .called(let function, let parameters):
            let content: JSONValue = [
                "function_name": .string(function), "params": Self.numbers(parameters),
            ]
            return ("WasmCall", content)
        case .returned(let function, let state, let response):
            let content: JSONValue = [
                "function_name": .string(function),
                "result": [Self.numbers(state), Self.numbers(response)],
            ]
            return ("WasmResult", content)
        case .failed(let function, let message):
            return (
                "WasmError",
                ["function_name": .string(function), "message": .string(message)]
            )
        case .loaded, .logged, .shutdownCalled, .shutdownRequested, .stopped:
            return ("WasmCall", ["function_name": "shutdown", "params": []])
        }
    }

    /// A byte array as serde writes it.
    static func numbers(_ bytes: [UInt8]) -> JSONValue {
        .array(bytes.map { .integer(Int64($0)) })
    }

    /// The wasm-call "shutdown" in the binary form of 2026-04 and later (wire reference §9.1), the
    /// one event an actor of that era's server emits; byte for byte as recorded.
    private static let stopMarker: [UInt8] =
        Array("CGRF".utf8) + [2, 0, 0, 0, 5, 0, 0, 0, 4, 0, 0, 0]
        + [6, 0, 0, 0, 12, 0, 0, 0, 8, 0, 0, 0] + Array("shutdown".utf8)
        + [11, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0]
        + [9, 0, 0, 0, 52, 0, 0, 0, 9, 0, 0, 0] + Array("wasm-call".utf8)
        + [2, 0, 0, 0, 13, 0, 0, 0] + Array("function-name".utf8)
        + [6, 0, 0, 0] + Array("params".utf8) + [0, 0, 0, 0, 1, 0, 0, 0]
        + [8, 0, 0, 0, 44, 0, 0, 0, 15, 0, 0, 0] + Array("wasm-event-data".utf8)
        + [9, 0, 0, 0] + Array("wasm-call".utf8)
        + [0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0]
        + [8, 0, 0, 0, 43, 0, 0, 0, 19, 0, 0, 0] + Array("chain-event-payload".utf8)
        + [4, 0, 0, 0] + Array("wasm".utf8) + [1, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0]
}
