import TheaterProtocol

/// How long a host may keep a result; part of every cacheable result since 2026-07-28.
enum Freshness: Sendable {
    /// Not a cacheable result.
    case none
    /// Read from Theater just now.
    case live
    /// The same for the life of the process.
    case fixed

    fileprivate var milliseconds: Int64? {
        switch self {
        case .none: nil
        case .live: 0
        case .fixed: 60_000
        }
    }
}

extension JSONObject {
    /// The result with the members that `revision` asks of every result.
    func enveloped(for revision: ProtocolRevision, _ freshness: Freshness = .none) -> JSONObject {
        guard !revision.hasHandshake else { return self }
        var result = self
        result["resultType"] = "complete"
        if let milliseconds = freshness.milliseconds {
            result["ttlMs"] = .integer(milliseconds)
            result["cacheScope"] = "private"
        }
        var meta = self["_meta"]?.object ?? [:]
        meta[RequestMetadata.serverInfoKey] = .object(ServerIdentity.info)
        result["_meta"] = .object(meta)
        return result
    }
}
