import Theater

struct TheaterStatusTool: Tool {
    let name = ToolName.theaterStatus
    let title = "Theater status"
    let summary =
        "Tells the state of the connection to Theater at once, without using it. Call it after a "
        + "connection error."
    let traits = ToolTraits.readOnly
    let arguments: JSONObject = [:]
    let required: [String] = []
    let results = ConnectionReport.schema
    let optionalResults = ConnectionReport.optionalMembers

    func call(
        _ arguments: Arguments, of service: any TheaterService, within budget: CallBudget
    ) async throws -> JSONObject {
        ConnectionReport(service).described
    }
}
