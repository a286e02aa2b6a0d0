import CommandLineOptions
import Testing

@Suite struct UsageErrorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let reason: UsageError.Reason
        let text: String
        var testDescription: String { arguments.joined(separator: " ") }

        init(_ arguments: String..., reason: UsageError.Reason, text: String) {
            self.arguments = arguments
            self.reason = reason
            self.text = text
        }
    }

    static let cases = [
        Case(
            "--prot", "1", reason: .unknownOption,
            text: "unknown option --prot; did you mean --port?"),
        Case(
            "--log", reason: .unknownOption, text: "unknown option --log; did you mean --log-file?"),
        Case(
            "--xyzzy", reason: .unknownOption,
            text: "unknown option --xyzzy; --help lists the options"),
        Case("--=1", reason: .unknownOption, text: "unknown option --; --help lists the options"),
        Case("-x", reason: .unknownOption, text: "unknown option -x; --help lists the options"),
        Case("-vx", reason: .unknownOption, text: "unknown option -x; --help lists the options"),
        Case("--port", reason: .missingValue, text: "--port needs a value: --port N"),
        Case("-p", reason: .missingValue, text: "-p needs a value: -p N"),
        Case(
            "--port", "--verbose", reason: .missingValue,
            text: "--port needs a value, got the option --verbose; "
                + "if that is the value, write --port=--verbose"),
        Case(
            "--verbose=no", reason: .unexpectedValue, text: "--verbose takes no value, got \"no\""),
        Case("--port", "1", "-p2", reason: .repeatedOption, text: "--port is given twice"),
        Case("-vv", reason: .repeatedOption, text: "--verbose is given twice"),
        Case(
            "--port=65536", reason: .invalidValue,
            text: "--port: expected a whole number from 0 to 65535, got \"65536\""),
        Case(
            "--port=", reason: .invalidValue,
            text: "--port: expected a whole number from 0 to 65535, got \"\""),
        Case(
            "--port=1e3", reason: .invalidValue,
            text: "--port: expected a whole number from 0 to 65535, got \"1e3\""),
        Case(
            "--timeout=nan", reason: .invalidValue,
            text: "--timeout: expected a number of seconds from 0.1 to 60, got \"nan\""),
        Case(
            "--timeout=inf", reason: .invalidValue,
            text: "--timeout: expected a number of seconds from 0.1 to 60, got \"inf\""),
        Case(
            "--level=lod", reason: .invalidValue,
            text: "--level: expected one of quiet, normal, loud, got \"lod\"; did you mean loud?"),
        Case(
            "--wire", "x", reason: .invalidValue,
            text: "--wire: expected one of auto, plain, got \"x\""),
        Case(
            "--log-file=", reason: .invalidValue,
            text: "--log-file: expected a text that is not empty, got \"\""),
        Case(
            "9000", reason: .unexpectedArgument,
            text: "unexpected argument \"9000\"; this program takes options only"),
        Case(
            "-", reason: .unexpectedArgument,
            text: "unexpected argument \"-\"; this program takes options only"),
        Case(
            "--", "--port", reason: .unexpectedArgument,
            text: "unexpected argument \"--port\"; this program takes options only"),
    ]

    @Test(arguments: cases) func isNamed(_ testCase: Case) {
        let error = #expect(throws: UsageError.self) { try Sample.table.parse(testCase.arguments) }
        #expect(error?.reason == testCase.reason)
        #expect(error?.description == testCase.text)
        #expect(error?.exitStatus == 64)
    }

    @Test func badEnvironmentNamesTheVariable() {
        let error = #expect(throws: UsageError.self) {
            try Sample.table.parse([], environment: ["SAMPLE_PORT": "x"])
        }
        #expect(
            error?.description
                == "environment variable SAMPLE_PORT: expected a whole number from 0 to 65535, "
                + "got \"x\"")
    }
}
