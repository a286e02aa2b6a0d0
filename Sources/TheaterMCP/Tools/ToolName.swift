/// The tools in the order in which they are listed.
enum ToolName: String, CaseIterable, Sendable {
    case startActor = "start_actor"
    case stopActor = "stop_actor"
    case restartActor = "restart_actor"
    case sendMessage = "send_message"
    case requestMessage = "request_message"
    case openChannel = "open_channel"
    case sendOnChannel = "send_on_channel"
    case closeChannel = "close_channel"
    case listActors = "list_actors"
    case theaterStatus = "theater_status"
}
