import TheaterProtocol

/// The revisions of MCP that this server speaks.
enum ProtocolRevision: String, Sendable, CaseIterable {
    case november2024 = "2024-11-05"
    case march2025 = "2025-03-26"
    case june2025 = "2025-06-18"
    case november2025 = "2025-11-25"
    /// Without a handshake: every request names its revision in `_meta`.
    case july2026 = "2026-07-28"

    /// What `initialize` is answered with when it asks for a revision we do not have.
    static let counterOffer = ProtocolRevision.november2025

    /// Chosen by `initialize`, not by each request.
    var hasHandshake: Bool { self != .july2026 }

    /// Batches came with 2025-03-26 and went with the revision after it.
    var allowsBatches: Bool { self == .march2025 }

    var resourceNotFoundCode: RPCError.Code {
        hasHandshake ? .resourceNotFound : .invalidParams
    }
}
