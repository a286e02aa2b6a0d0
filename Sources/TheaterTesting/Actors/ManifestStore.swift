import TheaterProtocol

/// Where the server finds manifests: built-in paths, then files.
package struct ManifestStore: Sendable {
    /// The bytes of a file, nil where there is none.
    package typealias ReadFile = @Sendable (_ path: String) -> [UInt8]?

    private let readFile: ReadFile

    package init(readFile: @escaping ReadFile = { _ in nil }) {
        self.readFile = readFile
    }

    /// The manifest StartActor names.
    func find(
        _ reference: String, from sources: EraBehavior.ManifestSources
    ) -> Result<Manifest, StartFailure> {
        if let text = contents(of: reference) { return parse(text) }
        switch sources {
        case .pathOrText where !reference.hasPrefix("store:"):
            return parse(reference)
        case .pathTextOrURL where !Self.isReference(reference):
            return parse(reference)
        case .pathOrText, .pathTextOrURL, .reference:
            let isAddress = reference.hasPrefix("https:") || reference.hasPrefix("http:")
            return .failure(isAddress ? .unreachable(reference) : .noSuchFile)
        }
    }

    /// Why a component cannot be loaded.
    ///
    /// Every component is the scripted actor, but for a built-in path that is missing and one that
    /// is no component.
    func check(_ manifest: Manifest) -> StartFailure? {
        switch manifest.component {
        case "actors/none.wasm": .componentMissing(actor: manifest.name)
        case "actors/broken.toml": .componentInvalid(actor: manifest.name)
        default: nil
        }
    }

    func componentExists(_ path: String) -> Bool {
        path == "actors/prober.wasm" || readFile(path) != nil
    }

    private func parse(_ text: String) -> Result<Manifest, StartFailure> {
        do throws(ManifestSyntaxError) {
            return .success(try Manifest(parsing: text))
        } catch {
            return .failure(.syntax(error))
        }
    }

    private func contents(of path: String) -> String? {
        if let text = Self.builtIn[path] { return text }
        guard !Self.isReference(path), !path.isEmpty, !path.contains("\n") else { return nil }
        return readFile(path).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func isReference(_ text: String) -> Bool {
        text.hasPrefix("store:") || text.hasPrefix("https:") || text.hasPrefix("http:")
    }

    /// What lay in the directory of the recorded servers.
    private static let builtIn: [String: String] = [
        "actors/prober.toml": manifest("prober", component: "actors/prober.wasm"),
        "actors/counter.toml": manifest("counter", component: "actors/state_test_actor.wasm"),
        "actors/echo.toml": manifest("echo", component: "actors/prober.wasm"),
        "actors/bad-wasm.toml": manifest("bad-wasm", component: "actors/none.wasm"),
        "actors/not-a-component.toml": manifest("not-a-component", component: "actors/broken.toml"),
        "actors/broken.toml": "name = \"broken\n",
    ]

    private static func manifest(_ name: String, component: String) -> String {
        "name = \"\(name)\"\nversion = \"0.1.0\"\ncomponent = \"\(component)\"\n"
    }
}
