import TheaterProtocol

/// Why an actor cannot be started.
enum StartFailure: Error, Equatable {
    case noSuchFile
    case unreachable(String)
    case syntax(ManifestSyntaxError)
    case componentMissing(actor: String)
    case componentInvalid(actor: String)
    case stateIsNoJSON
}

extension StartFailure {
    /// The error a server of the era answers (wire reference §7, StartActor).
    func error(from era: ServerEra, actor id: ActorID) -> ManagementError {
        if era == .july2026 { return recentError(actor: id) }
        return .runtimeError("Failed to start actor: " + text(from: era, actor: id))
    }

    private func text(from era: ServerEra, actor id: ActorID) -> String {
        switch self {
        case .noSuchFile, .unreachable:
            return unresolved
        case .syntax(let error) where era == .january2026:
            let step =
                error.lacksName
                ? "Failed to parse manifest TOML after substitution"
                : "Failed to extract init_state reference"
            return "Actor initialization error: Failed to resolve manifest: \(step): "
                + error.description
        case .syntax(let error):
            return error.description
        case .componentMissing(let name):
            return "Actor startup failed: [\(id)] Failed to create actor component for actor "
                + "\(name): \(unresolved)"
        case .componentInvalid(let name):
            return "Actor startup failed: [\(id)] Failed to create actor component for actor "
                + "\(name): \(Self.noComponent)"
        case .stateIsNoJSON:
            return "Actor initialization error: expected ident at line 1 column 3"
        }
    }

    /// Since 2026-02 the connection resolves the manifest itself.
    private func recentError(actor id: ActorID) -> ManagementError {
        switch self {
        case .noSuchFile, .unreachable, .stateIsNoJSON:
            .actorInitializationError("Failed to load manifest: \(unresolved)")
        case .syntax(let error):
            .actorInitializationError("Failed to parse manifest: \(error.description)")
        case .componentMissing:
            .actorInitializationError("Failed to load WASM: \(unresolved)")
        case .componentInvalid:
            .runtimeError(
                "Failed to start actor: Actor setup failed: Setup error: Failed to instantiate "
                    + "actor \(id): Failed to load WASM module with Pack runtime: "
                    + "WASM execution error: \(Self.noComponent)")
        }
    }

    private var unresolved: String {
        guard case .unreachable(let address) = self else {
            return "Failed to resolve reference: No such file or directory (os error 2)"
        }
        return
            "Failed to resolve reference: Failed to fetch from \(address): error sending request "
            + "for url (\(address)): error trying to connect: tcp connect error: "
            + "Connection refused (os error 111)"
    }

    private static let noComponent =
        "expected `(`\n     --> <anon>:1:1\n      |\n    1 | name = \"broken\n      | ^"
}
