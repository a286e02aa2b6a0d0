import Theater

/// A sign of life of a call that takes longer.
struct ProgressReport {
    /// What the host calls the request in its progress notifications.
    let token: RequestID
    let elapsed: Duration
    let service: any TheaterService

    /// The notification; its progress is the time in seconds, as nothing better is known.
    var message: JSONValue {
        let connection = ConnectionReport(service).described["summary"]?.string ?? ""
        let seconds = elapsed / .seconds(1)
        return [
            "jsonrpc": "2.0", "method": "notifications/progress",
            "params": [
                "progressToken": token.value,
                "progress": .double(seconds),
                "message": .string("Waiting for \(elapsed.secondsText). \(connection)"),
            ],
        ]
    }
}
