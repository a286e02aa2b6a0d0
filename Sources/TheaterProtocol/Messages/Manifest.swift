/// What an actor was started from, as its server read it: a view of the JSON (wire reference §9).
///
/// Each property looks under the key of every era; what is missing, or of another type than
/// known, is nil. Only an actor's name is required.
public struct Manifest: Sendable, Equatable {
    /// All members, as the server sent them.
    public let json: JSONObject
    /// The actor's name.
    public let name: String

    /// Reads a manifest of any era.
    ///
    /// - Parameter json: The content of the reply `ActorManifest`.
    /// - Throws: `WireError` with `invalidMessage` for what is no object or has no name.
    public init(_ json: JSONValue) throws(WireError) {
        guard let object = json.object, let name = object["name"]?.string else {
            throw WireError(
                reason: .invalidMessage, description: "invalid manifest: no object with a name")
        }
        self.json = object
        self.name = name
    }

    /// Its version; since 2025-05-18.
    public var version: String? { json["version"]?.string }

    /// Path or address of the actor's code: `package`, before 2026-01-21 `component`, before
    /// 2025-05-23 `component_path`.
    public var package: String? { string("package", "component", "component_path") }

    /// One line about the actor: `description`, before 2025-05-18 `short_description`.
    public var summary: String? { string("description", "short_description") }

    /// More about the actor.
    public var longDescription: String? { json["long_description"]?.string }

    /// The state it begins with: `initial_state`, before 2026-02-23 `init_state`.
    public var initialState: String? { string("initial_state", "init_state") }

    /// Whether its events are saved; from 2025-05-16 to 2026-06-02.
    public var savesChain: Bool? { json["save_chain"]?.bool }

    /// Whether its code never changes, so that the server keeps it; since 2026-06-13.
    public var isPackageStatic: Bool? { json["static_package"]?.bool }

    /// What it may do, by handler; since 2025-06-18, absent where all is inherited.
    public var permissionPolicy: JSONObject? { json["permission_policy"]?.object }

    /// What it may use: `handler`, before 2025-07-07 `handlers`; entries without a type are left
    /// out.
    public var handlers: [Handler] {
        (json["handler"] ?? json["handlers"])?.array?.compactMap(Handler.init) ?? []
    }

    /// Members no property here tells of, in their order.
    public var otherMembers: JSONObject {
        var rest = json
        for name in Self.knownMembers { rest[name] = nil }
        return rest
    }

    private static let knownMembers = [
        "name", "version", "package", "component", "component_path", "description",
        "short_description", "long_description", "initial_state", "init_state", "save_chain",
        "static_package", "permission_policy", "handler", "handlers",
    ]

    private func string(_ names: String...) -> String? {
        for name in names {
            if let text = json[name]?.string { return text }
        }
        return nil
    }
}

extension Manifest {
    /// One of the interfaces an actor may use.
    public struct Handler: Sendable, Equatable {
        /// Which one, for example `runtime` or `message-server`.
        public let type: String
        /// How it is set up: the content of `config`, or, since 2025-07-07, the members beside
        /// the type.
        public let configuration: JSONObject

        fileprivate init?(_ json: JSONValue) {
            guard var members = json.object, let type = members["type"]?.string else { return nil }
            members["type"] = nil
            self.type = type
            configuration = members["config"]?.object ?? members
        }
    }
}
