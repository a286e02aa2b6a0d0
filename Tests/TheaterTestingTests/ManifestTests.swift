import Testing
import TheaterProtocol

@testable import TheaterTesting

@Suite("Manifests")
struct ManifestTests {
    private let store = ManifestStore { path in
        path == "/srv/mine.toml"
            ? bytes("# mine\r\nname = \"mine\"\r\n[x]\r\nname = \"no\"\r\n") : nil
    }

    @Test("a file, a built-in path or a text with a name will do")
    func sources() throws {
        let references = ["/srv/mine.toml", "actors/prober.toml", "name = \"text\""]
        let names = try references.map { try store.find($0, from: .pathTextOrURL).get().name }
        #expect(names == ["mine", "prober", "text"])
    }

    @Test("a text is no reference")
    func reference() {
        #expect(store.find("name = \"text\"", from: .reference) == .failure(.noSuchFile))
    }

    @Test(
        "texts that are no manifest never do",
        arguments: [
            "", "=", "[", "name", "name =", "name = \"", "\"\"\"", "\u{0}", "a.b = 1\n", "é",
        ])
    func broken(text: String) {
        #expect(throws: ManifestSyntaxError.self) { _ = try Manifest(parsing: text) }
    }

    @Test("a device, a directory and a huge path are no manifests")
    func files() {
        for path in ["/dev/zero", "/", "", String(repeating: "a", count: 100_000)] {
            #expect(ManifestFiles.read(path) == nil)
        }
        #expect(ManifestFiles.read(#filePath)?.isEmpty == false)
    }
}
