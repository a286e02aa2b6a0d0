import TheaterProtocol

/// What the server uses of an actor's manifest (TOML).
struct Manifest: Sendable, Equatable {
    var name: String
    var version = "0.1.0"
    /// `component_path`, `component` or `package`, after the era.
    var component = ""
    /// Identifies the text in the first event of a chain.
    var hash: String

    /// The answer to GetActorManifest (wire reference §9).
    func json(for era: ServerEra) -> JSONValue {
        var json: JSONObject = ["name": .string(name), "version": .string(version)]
        json[era == .july2026 ? "package" : "component"] = .string(component)
        json["description"] = .null
        json["long_description"] = .null
        switch era {
        case .april2025, .june2025:
            json["save_chain"] = .null
            json["permission_policy"] = .object(Self.permissions)
            json["init_state"] = .null
            json["handlers"] = [
                ["type": "runtime", "config": [:]], ["type": "message-server", "config": [:]],
            ]
        case .january2026:
            json["save_chain"] = .null
            json["init_state"] = .null
            json["handler"] = [["type": "runtime"], ["type": "message-server"]]
        case .july2026:
            json["initial_state"] = .null
            json["static_package"] = false
            json["handler"] = [["type": "runtime"]]
        }
        return .object(json)
    }

    private static var permissions: JSONObject {
        var permissions = JSONObject()
        for name in [
            "message_server", "file_system", "http_client", "http_framework", "runtime",
            "supervisor", "store", "timing", "process", "environment", "random",
        ] {
            permissions[name] = ["type": "inherit"]
        }
        return permissions
    }
}
