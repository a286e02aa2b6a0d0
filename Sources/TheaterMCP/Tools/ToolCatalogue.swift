import TheaterProtocol

/// All tools; the list is the same whether or not Theater can be reached.
enum ToolCatalogue {
    static func tool(_ name: ToolName) -> any Tool {
        switch name {
        case .startActor: StartActorTool()
        case .stopActor: StopActorTool()
        case .restartActor: RestartActorTool()
        case .sendMessage: SendMessageTool()
        case .requestMessage: RequestMessageTool()
        case .openChannel: OpenChannelTool()
        case .sendOnChannel: SendOnChannelTool()
        case .closeChannel: CloseChannelTool()
        case .listActors: ListActorsTool()
        case .theaterStatus: TheaterStatusTool()
        }
    }

    static let descriptions: [JSONValue] = ToolName.allCases.map { tool($0).description }
}
