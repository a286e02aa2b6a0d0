import Theater

/// Runs one `tools/call` to its result, which is there whatever fails.
struct ToolRunner: Sendable {
    let service: any TheaterService
    let log: Log

    /// The result of the call, as of the handshake revisions.
    func run(_ name: ToolName, _ values: JSONObject, within budget: CallBudget) async -> JSONObject
    {
        let tool = ToolCatalogue.tool(name)
        do {
            let names = tool.arguments.members.map(\.name)
            let arguments = try Arguments(values, of: name, allowing: names)
            let result = try await tool.call(arguments, of: service, within: budget)
            return Self.success(result)
        } catch let error as InvalidArgument {
            return FailureReport(error, command: name).toolResult
        } catch let error as TheaterError {
            return await failure(error, name, values, within: budget).toolResult
        } catch {
            log.error("\(name.rawValue): \(error)")
            return FailureReport(unexpectedIn: name.rawValue).toolResult
        }
    }

    /// Structured, and as text for the hosts that show the model nothing else.
    private static func success(_ result: JSONObject) -> JSONObject {
        let text = String(decoding: JSONValue.object(result).encoded(), as: UTF8.self)
        return [
            "content": [["type": "text", "text": .string(text)]],
            "structuredContent": .object(result),
            "isError": false,
        ]
    }

    private func failure(
        _ error: TheaterError, _ name: ToolName, _ values: JSONObject, within budget: CallBudget
    ) async -> FailureReport {
        let call = FailedCall(
            name: name.rawValue, actor: values["actor_id"]?.string,
            channel: values["channel_id"]?.string)
        guard error.code == .actorNotFound else { return FailureReport(error, in: call) }
        // A courtesy that may not cost much: the ids that would have worked.
        let actors = try? await service.listActors(options: budget.options(timeout: .seconds(2)))
        return FailureReport(error, in: call, runningActors: actors)
    }
}
