import CommandLineOptions
import Testing

@Suite struct HelpTests {
    @Test func looksAsIntended() {
        #expect(
            Sample.table.helpText == """
                Shows an option of each kind.

                Usage: sample [OPTIONS]

                Options:
                  -p, --port N                   Where to listen. [default: 9000; environment: SAMPLE_PORT]
                      --limit N                  At most so many.
                  -t, --timeout SECONDS          How long to wait. [default: 30]
                  -l, --level quiet|normal|loud  How loud. [default: normal]
                      --wire auto|plain          Which format. [default: auto]
                      --log-file PATH            Where to write.
                      --host HOST                Whom to call. [default: localhost; environment: SAMPLE_HOST]
                  -e, --embedded                 Bring your own. [environment: SAMPLE_EMBEDDED]
                  -v, --verbose                  Say more.
                  -h, --help                     Print this text.
                      --version                  Print the version.
                """)
    }

    @Test func longTextsAreWrappedAndLongNamesGetALine() {
        let words = Array(repeating: "word", count: 60).joined(separator: " ")
        let option = Option.text(
            "a-name-that-is-really-rather-long", placeholder: "A-LONG-PLACEHOLDER", help: words)
        let table = OptionTable(program: "p", summary: words, version: "1", options: [option])
        let lines = table.helpText.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.count <= 100 })
        #expect(lines.contains("      --a-name-that-is-really-rather-long A-LONG-PLACEHOLDER"))
        #expect(lines.contains("  -h, --help     Print this text."))
    }
}
