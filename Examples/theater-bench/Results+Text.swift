extension Results {
    /// A table for people; its last line is the verdict on the acknowledgement.
    var text: String {
        var lines = ["server: \(server)"]
        if Self.isDebugBuild {
            lines.append("WARNING: a debug build, whose figures say nothing; use -c release")
        }
        lines += ["medians of \(plan.runs) interleaved runs; ratio: Swift / C in the same run", ""]
        lines += roundTripLines + [""] + throughputLines + [""] + acknowledgementLines
        lines += ["", verdict]
        return lines.joined(separator: "\n")
    }

    private var roundTripLines: [String] {
        [Self.row("ListActors, in flight", "C client", "Swift client", "ratio")]
            + Plan.roundTripsInFlight.map { inFlight in
                let row = roundTrips[inFlight] ?? .init()
                return Self.row(
                    "\(inFlight)", row.baseline.median.inMicroseconds,
                    row.swift.median.inMicroseconds, row.ratio.fixed(2))
            }
    }

    private var throughputLines: [String] {
        let processor = throughput.processorTime
        return [
            Self.row("throughput, \(Plan.throughputInFlight) in flight", "", "", ""),
            Self.row(
                "requests per second", throughput.baseline.map(\.perSecond).median.fixed(0),
                throughput.swift.map(\.perSecond).median.fixed(0), throughput.ratio.fixed(2)),
            Self.row(
                "processor time per request", processor.baseline.median.inMicroseconds,
                processor.swift.median.inMicroseconds, processor.ratio.fixed(2)),
        ]
    }

    private var acknowledgementLines: [String] {
        [Self.row("acknowledgement, in flight", "C client", "Swift client", "")]
            + Plan.acknowledgementsInFlight.flatMap { inFlight in
                [("at once", roundTrips[inFlight]), ("delayed", delayed[inFlight])].map {
                    Self.row(
                        "\(inFlight), \($0)", $1?.baseline.median.inMilliseconds ?? "",
                        $1?.swift.median.inMilliseconds ?? "", "")
                }
            }
    }

    private var verdict: String {
        let counts = Plan.acknowledgementsInFlight.map(String.init).joined(separator: " and ")
        let times = promptBatches.map(\.inMilliseconds).joined(separator: ", ")
        let limit = (Self.promptBatch / .milliseconds(1)).fixed(0)
        return "\(counts) in flight: median batch under \(limit) ms: "
            + "\(isPrompt ? "yes" : "NO") (\(times))"
    }

    private static func row(_ name: String, _ columns: String...) -> String {
        let cells = columns.map { String(repeating: " ", count: max(0, 15 - $0.count)) + $0 }
        let line = name + String(repeating: " ", count: max(0, 28 - name.count)) + cells.joined()
        return String(line.reversed().drop { $0 == " " }.reversed())
    }
}

extension Duration {
    fileprivate var inMicroseconds: String { "\((self / .microseconds(1)).fixed(1)) µs" }
    fileprivate var inMilliseconds: String { "\((self / .milliseconds(1)).fixed(2)) ms" }
}

extension Double {
    /// With so many digits behind the point.
    fileprivate func fixed(_ digits: Int) -> String {
        guard isFinite, magnitude < 1e15 else { return "–" }
        let scale = repeatElement(10, count: digits).reduce(1, *)
        let units = Int((magnitude * Double(scale)).rounded())
        let whole = (sign == .minus ? "-" : "") + "\(units / scale)"
        guard digits > 0 else { return whole }
        let fraction = "\(units % scale)"
        return whole + "." + String(repeating: "0", count: digits - fraction.count) + fraction
    }
}
