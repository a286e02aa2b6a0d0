import Theater

/// The paragraph a model reads.
///
/// The words for a code are always the same, so logs can be searched.
struct FailureText {
    let error: TheaterError
    let call: FailedCall
    let runningActors: [ActorSummary]?

    var paragraph: String {
        var sentences: [String] = []
        if error.isConnectionIssue {
            sentences.append(
                "Theater server connection issue: \(error.reason). "
                    + "The server will attempt to reconnect on the next request.")
        }
        sentences.append("[\(error.code)] \(facts)")
        if isOutcomeOpen {
            sentences.append(
                "The command was already sent and may have been executed; "
                    + "check list_actors before repeating it.")
        } else if let advice {
            sentences.append(advice)
        }
        return sentences.joined(separator: " ")
    }

    /// Nobody can tell whether the command was executed: Theater did not answer it.
    private var isOutcomeOpen: Bool {
        let answered: [TheaterError.Code] = [
            .serverError, .actorNotFound, .channelClosed, .unsupportedByServer,
        ]
        return error.mayHaveExecuted && !answered.contains(error.code)
    }

    private var subject: String {
        if let actor = call.actor { return "\(call.name) for actor \(actor)" }
        if let channel = call.channel { return "\(call.name) on channel \(channel)" }
        return call.name
    }

    private var wasSent: Bool { error.phase == .sent || error.phase == .replying }

    /// What happened, without the connection's part, which the first sentence tells.
    private var facts: String {
        switch error.code {
        case .outcomeUnknown:
            return "\(subject) was sent and not answered."
        case .timeout:
            let waited = "within \(error.waited.secondsText)"
            guard wasSent else { return "\(subject) could not be sent \(waited)." }
            let link =
                error.isConnectionIssue ? "" : " The connection is up; the actor may be busy."
            return "No reply to \(subject) \(waited).\(link)"
        case .serverError:
            let said = error.serverError.map(\.text) ?? error.message
            return "Theater could not carry out \(subject): \(said)"
        case .actorNotFound:
            return "No actor with id \(call.actor ?? "given").\(actorList)"
        case .actorNotReadyOrFailed:
            return
                "Actor \(call.actor ?? "") is known to Theater but does not answer \(call.name): "
                + "it is still starting, or has failed."
        case .channelClosed:
            return "Channel \(call.channel ?? "") is closed."
        default:
            guard error.isConnectionIssue else { return "\(subject): \(error.message)." }
            return wasSent ? "\(subject) was not answered." : "\(subject) was not sent."
        }
    }

    private var actorList: String {
        guard let runningActors else { return "" }
        guard !runningActors.isEmpty else { return " No actor is running." }
        let shown = runningActors.sortedByID().prefix(10).map(\.id.description)
        let more = runningActors.count > shown.count ? ", …" : ""
        return " Running actors: \(shown.joined(separator: ", "))\(more) (\(runningActors.count))."
    }

    /// What to do, for a command that was not executed.
    private var advice: String? {
        switch error.code {
        case .notConnected:
            let wait = (error.retryAfter ?? .seconds(2)).secondsText
            return "Repeat this call in about \(wait), or call theater_status. "
                + "If it stays down, the Theater server is probably not running."
        case .timeout:
            return call.name == ToolName.requestMessage.rawValue
                ? "Repeat with a larger timeout_seconds (at most 45)."
                : "Repeat this call later; theater_status tells the state of the connection."
        case .actorNotFound: return "Use list_actors."
        case .actorNotReadyOrFailed: return "Repeat once after a second; then stop the actor."
        case .channelClosed: return "Open a new one with open_channel."
        case .unsupportedByServer: return "Do not repeat it: this version of Theater cannot do it."
        case .protocolViolation:
            return "Do not repeat it: what answers at this address does not speak Theater's "
                + "protocol in a version this client understands."
        case .queueFull, .localResource: return "Repeat this call later."
        default: return nil
        }
    }
}

extension Duration {
    /// "30 s", "1.9 s"; rounded up to tenths.
    var secondsText: String {
        let tenths = (wholeMilliseconds + 99) / 100
        return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
    }
}
