import Testing
import TheaterProtocol

@testable import TheaterMCP

@Suite struct ToolDescriptionTests {
    static let actor = ActorID("6a3f0f57-2f6c-4e0c-9d0e-5f8f3a1b7c11")

    /// The command that a tool sends; its class rules the annotations (resilience §0.3).
    private func command(_ tool: ToolName) throws -> Command? {
        let actor = try #require(Self.actor)
        return switch tool {
        case .startActor:
            .startActor(manifest: "", initialState: nil, parent: false, subscribe: false)
        case .stopActor: .stopActor(actor)
        case .restartActor: .restartActor(actor)
        case .sendMessage: .sendActorMessage(actor, data: [])
        case .requestMessage: .requestActorMessage(actor, data: [])
        case .openChannel: .openChannel(.actor(actor), initialMessage: [])
        case .sendOnChannel: .sendOnChannel(ChannelID("ch_1"), message: [])
        case .closeChannel: .closeChannel(ChannelID("ch_1"))
        case .listActors: .listActors
        case .theaterStatus: nil
        }
    }

    @Test(arguments: ToolName.allCases) func annotationsFollowTheCommandClass(name: ToolName) throws
    {
        let tool = ToolCatalogue.tool(name)
        #expect(tool.name == name)
        let commandClass = try command(name)?.commandClass ?? .readOnly
        #expect(tool.traits.commandClass == commandClass)
        let hints = try #require(tool.description.object?["annotations"]?.object)
        #expect(hints["readOnlyHint"]?.bool == (commandClass == .readOnly))
        #expect(hints["idempotentHint"]?.bool == (commandClass != .nonIdempotent))
        #expect(hints["destructiveHint"]?.bool == [.stopActor, .restartActor].contains(name))
        #expect(hints["openWorldHint"] == false)
    }

    @Test(arguments: ToolName.allCases) func schemasAreClosedObjects(name: ToolName) throws {
        let description = try #require(ToolCatalogue.tool(name).description.object)
        for member in ["inputSchema", "outputSchema"] {
            let schema = try #require(description[member]?.object)
            #expect(schema["type"] == "object")
            #expect(schema["additionalProperties"] == false)
            let properties = schema["properties"]?.object?.members.map(\.name) ?? []
            for required in schema["required"]?.array ?? [] {
                #expect(properties.contains(required.string ?? ""))
            }
        }
        for property in description["inputSchema"]?.object?["properties"]?.object?.members ?? [] {
            #expect(property.value.object?["description"]?.string?.isEmpty == false)
        }
        #expect(description["title"]?.string?.isEmpty == false)
        #expect(name.rawValue.allSatisfy { $0.isLowercase || $0 == "_" })
    }
}
