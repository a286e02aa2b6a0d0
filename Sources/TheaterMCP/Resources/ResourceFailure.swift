import Theater

/// The errors of `resources/read`.
enum ResourceFailure {
    /// There is no such resource, or its actor does not run.
    static func notFound(_ uri: String, revision: ProtocolRevision) -> RPCError {
        RPCError(
            revision.resourceNotFoundCode, "Resource not found: \(uri.prefix(200))",
            data: ["uri": .string(uri)])
    }

    /// The resource may exist; Theater could not be asked, or refused.
    static func failed(
        _ uri: String, _ error: TheaterError, actor: String?, state: ConnectionState
    ) -> RPCError {
        let call = FailedCall(name: "reading \(uri)", actor: nil, channel: nil)
        let named = FailedCall(name: call.name, actor: actor, channel: nil)
        let usesActor = error.code == .actorNotReadyOrFailed
        let report = FailureReport(error, in: usesActor ? named : call)
        let data: JSONObject = ["uri": .string(uri), "state": .string(state.description)]
        return RPCError(
            .internalError, report.text, data: .object(data.merging(report.meta)))
    }
}
