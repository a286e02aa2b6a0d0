import Foundation
import Testing
import Theater

/// The README's snippet, word for word; `matchesTheReadme` sees to that.
func greet() async throws(TheaterError) {
    let configuration = Configuration(endpoint: try Endpoint(parsing: "127.0.0.1:9000"))
    try await withTheaterClient(configuration: configuration) { client throws(TheaterError) in
        let actor = try await client.startActor(manifest: "/srv/actors/greeter.toml")
        do throws(TheaterError) {
            let answer = try await client.request(Array("hello".utf8), of: actor)
            print(String(decoding: answer, as: UTF8.self))
        } catch {
            guard error.code == .outcomeUnknown else { throw error }
            // The link broke after the message was handed over: it may have arrived, and is not sent again.
            print("unknown: \(error)")
        }
        try await client.stopActor(actor)
    }
}

@Suite("README")
struct ReadmeTests {
    @Test("its snippet is the one that compiles here")
    func matchesTheReadme() throws {
        let file = URL(filePath: #filePath)
        let root = file.deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let here = try String(contentsOf: file, encoding: .utf8)
        let readme = try String(
            contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        let marker = "<!-- snippet: compiled by the tests -->\n```swift\n"
        let start = try #require(readme.firstRange(of: marker)).upperBound
        let end = try #require(readme[start...].firstRange(of: "\n```")).lowerBound
        let lines = readme[start..<end].split(separator: "\n")
        #expect(lines.first == "import Theater")
        #expect(here.contains(lines.dropFirst().joined(separator: "\n")))
    }
}
