import Testing
import TheaterProtocol
import TheaterStateMachine

@Suite("Wire format")
struct WireFormatTests {
    @Test("found out by the echo of a fence, then remembered", arguments: WireFormat.allCases)
    func probing(format: WireFormat) {
        let world = World()
        world.format = format
        let first = world.submit(.listActors)
        world.run()
        #expect(world.reply(first) == .actorList([]))
        #expect(world.dialTimes.count == (format == .plain ? 1 : 2))
        world.closeAll()
        let second = world.submit(.listActors)
        world.run()
        #expect(world.reply(second) == .actorList([]))
        #expect(world.dialTimes.count == (format == .plain ? 2 : 3))
    }

    @Test("only one command is executed, whatever had to be tried")
    func nothingIsExecutedByProbing() {
        let world = World()
        world.format = .fragmenting
        world.submit(.startActor(manifest: "m", initialState: nil, parent: false, subscribe: false))
        world.run()
        #expect(world.executed.count == 1)
    }

    @Test("a server replaced by one of the other format is found again")
    func replacedServer() {
        let world = World()
        world.format = .plain
        world.submit(.listActors)
        world.run()
        world.format = .fragmenting
        world.closeAll()
        let id = world.submit(.listActors)
        world.advance(by: .seconds(2))
        #expect(world.reply(id) != nil)
        world.format = .plain
        world.closeAll()
        let back = world.submit(.listActors)
        // Half of the connect timeout for the format that was right before, then the other.
        world.advance(by: .milliseconds(2_600))
        #expect(world.reply(back) != nil)
    }

    @Test("a peer that never echoes is not connected")
    func silentPeer() throws {
        let world = World()
        world.isBlocked = true
        let id = world.submit(.listActors)
        world.advance(by: .seconds(1))
        #expect(
            !world.reports.contains {
                if case .stateChanged(.connected) = $0 { true } else { false }
            })
        world.advance(by: .seconds(20))
        #expect(try #require(world.failure(id)).lastLinkFailure == .noEcho)
    }

    @Test("what is not Theater is named in the error")
    func httpServer() throws {
        let world = World()
        world.reception = .ignore
        let id = world.submit(.listActors)
        for _ in 0..<30 {
            world.run()
            for connection in world.peers.keys {
                world.machine.connected(connection, now: world.now, into: &world.actions)
                world.machine.received(
                    Array("HTTP/1.1 400 Bad Request\r\n".utf8), on: connection, now: world.now,
                    into: &world.actions)
            }
            world.advance(by: .milliseconds(200))
        }
        guard case .protocolViolation(let text) = try #require(world.failure(id)).lastLinkFailure
        else {
            Issue.record("\(String(describing: world.failure(id)))")
            return
        }
        #expect(text.contains("HTTP"))
    }
}
