extension Occurrence.Ending {
    /// The field `what` of a recording's line, and its text.
    var recorded: (what: String, text: String?) {
        switch self {
        case .closedByClient: ("closed by client", nil)
        case .resetByClient: ("closed by client", "reset")
        case .closedByServer: ("eof", nil)
        case .resetByServer: ("reset", nil)
        case .stopped: ("note", "wiretap ends")
        }
    }

    /// The ending a line stands for.
    init?(what: String, text: String?) {
        switch what {
        case "closed by client": self = text == "reset" ? .resetByClient : .closedByClient
        case "eof": self = .closedByServer
        case "reset": self = .resetByServer
        default: return nil
        }
    }
}
