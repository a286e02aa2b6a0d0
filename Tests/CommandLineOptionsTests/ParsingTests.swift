import CommandLineOptions
import Testing

@Suite struct ParsingTests {
    @Test func defaults() throws {
        let parsed = try #require(try Sample.run())
        #expect(parsed[Sample.port] == 9000)
        #expect(parsed[Sample.limit] == nil)
        #expect(parsed[Sample.timeout] == .seconds(30))
        #expect(parsed[Sample.level] == .normal)
        #expect(parsed[Sample.wire] == 0)
        #expect(parsed[Sample.file] == nil)
        #expect(parsed[Sample.host] == "localhost")
        #expect(!parsed[Sample.embedded])
    }

    @Test func everyKindOfValue() throws {
        let parsed = try #require(
            try Sample.run(
                "--port", "1", "--limit=-3", "--timeout=0.5", "--level", "loud", "--wire=plain",
                "--log-file", "a=b", "--host=-", "--embedded", "-v", "--"))
        #expect(parsed[Sample.port] == 1)
        #expect(parsed[Sample.limit] == -3)
        #expect(parsed[Sample.timeout] == .milliseconds(500))
        #expect(parsed[Sample.level] == .loud)
        #expect(parsed[Sample.wire] == 1)
        #expect(parsed[Sample.file] == "a=b")
        #expect(parsed[Sample.host] == "-")
        #expect(parsed[Sample.embedded])
        #expect(parsed[Sample.verbose])
    }

    @Test(arguments: [
        ["-p", "80"], ["-p80"], ["--port", "80"], ["--port=80"], ["-vp80"], ["-vp", "80"],
    ])
    func spellings(arguments: [String]) throws {
        guard case .run(let parsed) = try Sample.table.parse(arguments) else {
            Issue.record("asked to print")
            return
        }
        #expect(parsed[Sample.port] == 80)
        #expect(parsed[Sample.verbose] == arguments[0].hasPrefix("-v"))
    }

    @Test(arguments: ["-1", "-"]) func valueThatBeginsWithADash(text: String) throws {
        let parsed = try #require(try Sample.run("--log-file", text))
        #expect(parsed[Sample.file] == text)
    }

    @Test func environmentReplacesTheDefaultOnly() throws {
        let environment = ["SAMPLE_PORT": "7", "SAMPLE_HOST": "", "SAMPLE_EMBEDDED": "yes"]
        let parsed = try #require(try Sample.run(environment: environment))
        #expect(parsed[Sample.port] == 7)
        #expect(parsed[Sample.host] == "localhost")
        #expect(parsed[Sample.embedded])
        let given = try #require(try Sample.run("-p8", environment: environment))
        #expect(given[Sample.port] == 8)
    }

    @Test func helpAndVersionWin() throws {
        let environment = ["SAMPLE_PORT": "nonsense"]
        for spelling in ["-h", "--help"] {
            guard
                case .print(let text) = try Sample.table.parse(
                    ["-v", spelling, "--nonsense"], environment: environment)
            else {
                Issue.record("not printed")
                continue
            }
            #expect(text == Sample.table.helpText)
        }
        guard case .print(let text) = try Sample.table.parse(["--version"]) else {
            Issue.record("not printed")
            return
        }
        #expect(text == "sample 1.2.3")
    }
}
