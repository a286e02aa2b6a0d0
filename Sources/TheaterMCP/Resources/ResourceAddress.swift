import TheaterProtocol

/// A resource that this server can read.
enum ResourceAddress: Equatable, Sendable {
    case actors
    case connection
    case actor(ActorID)
    case state(ActorID)
    /// The last `limit` events.
    case events(ActorID, limit: Int)

    static let scheme = "theater://"
    static let defaultEventLimit = 50
    static let eventLimits = 1...1000

    /// Nil when no resource has this URI, whatever actors there are.
    init?(uri: String) {
        guard uri.utf8.count <= 1024, uri.hasPrefix(Self.scheme) else { return nil }
        let parts = uri.dropFirst(Self.scheme.count).split(
            separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts[0].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let query = parts.count > 1 ? parts[1] : nil
        switch (path.first, path.count) {
        case ("actors", 1) where query == nil:
            self = .actors
        case ("connection", 1) where query == nil:
            self = .connection
        case ("actor", 2) where query == nil:
            guard let id = ActorID(path[1]) else { return nil }
            self = .actor(id)
        case ("actor", 3) where query == nil && path[2] == "state":
            guard let id = ActorID(path[1]) else { return nil }
            self = .state(id)
        case ("events", 2):
            guard let id = ActorID(path[1]), let limit = Self.limit(from: query) else { return nil }
            self = .events(id, limit: limit)
        default:
            return nil
        }
    }

    private static func limit(from query: Substring?) -> Int? {
        guard let query else { return defaultEventLimit }
        guard query.hasPrefix("limit="), let limit = Int(query.dropFirst(6)),
            eventLimits.contains(limit)
        else { return nil }
        return limit
    }

    /// The actor that the resource belongs to.
    var actor: ActorID? {
        switch self {
        case .actors, .connection: nil
        case .actor(let id), .state(let id), .events(let id, _): id
        }
    }
}
