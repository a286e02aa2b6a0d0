import Theater

extension Results {
    /// The medians as one JSON object; times in nanoseconds.
    var json: String {
        let processor = throughput.processorTime
        let object: JSONObject = [
            "server": .string(server),
            "build": Self.isDebugBuild ? "debug" : "release",
            "runs": .number(plan.runs),
            "round_trips": Self.rows(roundTrips, acknowledgement: "at_once"),
            "delayed_acknowledgement": Self.rows(delayed, acknowledgement: "delayed"),
            "throughput": [
                "in_flight": .number(Plan.throughputInFlight),
                "c_requests_per_second": .number(
                    Int(throughput.baseline.map(\.perSecond).median)),
                "swift_requests_per_second": .number(
                    Int(throughput.swift.map(\.perSecond).median)),
                "ratio": .ratio(throughput.ratio),
                "c_processor_ns_per_request": .nanoseconds(processor.baseline.median),
                "swift_processor_ns_per_request": .nanoseconds(processor.swift.median),
            ],
            "is_prompt": .bool(isPrompt),
        ]
        return String(decoding: JSONValue.object(object).encoded(), as: UTF8.self)
    }

    private static func rows(_ rows: [Int: Comparison], acknowledgement: String) -> JSONValue {
        .array(
            rows.sorted { $0.key < $1.key }.map { inFlight, row in
                [
                    "in_flight": .number(inFlight),
                    "acknowledgement": .string(acknowledgement),
                    "c_ns": .nanoseconds(row.baseline.median),
                    "swift_ns": .nanoseconds(row.swift.median),
                    "ratio": .ratio(row.ratio),
                ]
            })
    }
}

extension JSONValue {
    fileprivate static func number(_ number: Int) -> JSONValue { .integer(Int64(number)) }

    fileprivate static func nanoseconds(_ duration: Duration) -> JSONValue {
        .integer(Int64(duration / .nanoseconds(1)))
    }

    /// Three digits behind the point are more than a noisy machine can tell.
    fileprivate static func ratio(_ ratio: Double) -> JSONValue {
        .double((ratio * 1_000).rounded() / 1_000)
    }
}
