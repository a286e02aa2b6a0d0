import Testing
import TheaterProtocol

@testable import TheaterTesting

@Suite("Faults in the machine")
struct MachineFaultTests {
    private static let list = ServerMessage.actorList([])

    @Test(
        "each fault changes one answer and then is used up",
        arguments: [
            (Fault.Action.cutBeforeReply(.close), nil, Fault.Cut.close),
            (.cutBeforeExecuting(.reset), nil, .reset),
            (.cutAfterReply(.close), Delivery.whole, .close),
            (.cutInsideReply(bytes: 3, .reset), .first(3), .reset),
            (.swallowReply, nil, nil),
            (.splitReply(bytes: 2), .pieces(of: 2), nil),
        ] as [(Fault.Action, Delivery?, Fault.Cut?)])
    func faults(action: Fault.Action, delivery: Delivery?, cut: Fault.Cut?) {
        var harness = MachineHarness()
        harness.machine.inject(Fault(action, on: .command("ListActors")))
        var expected: [ServerAction] = []
        if let delivery { expected.append(.send(Self.list, on: harness.connection, delivery)) }
        if let cut { expected.append(.cut(harness.connection, cut)) }
        #expect(harness.receive(.listActors) == expected)
        let isExecuted = action != .cutBeforeExecuting(.reset)
        #expect(harness.machine.statistics.executions["ListActors"] == (isExecuted ? 1 : nil))
        #expect(harness.machine.statistics.connectionsOpen == (cut == nil ? 1 : 0))
        let other = harness.open()
        #expect(
            harness.receive(.listActors, on: other) == [.send(Self.list, on: other, .whole)])
    }

    @Test("garbage stands in for the reply")
    func garbage() {
        var harness = MachineHarness()
        harness.machine.inject(Fault(.garbage([1, 2]), on: .command("ListActors")))
        #expect(harness.receive(.listActors) == [.sendBytes([1, 2], on: harness.connection)])
        #expect(harness.machine.isReading(harness.connection))
    }

    @Test("a hung connection does not execute, read or push any more")
    func hang() throws {
        var harness = MachineHarness()
        let id = try harness.start(subscribe: true)
        harness.machine.inject(Fault(.hang, on: .command("NewStore")))
        #expect(harness.receive(.newStore) == [.stopReading(harness.connection)])
        #expect(harness.machine.statistics.executions["NewStore"] == nil)
        #expect(harness.receive(.listActors) == [])
        let other = harness.open()
        let actions = harness.receive(.sendActorMessage(id, data: bytes("x")), on: other)
        #expect(actions.messages == [.sentMessage(id)])
        #expect(harness.machine.statistics.connectionsOpen == 2)
    }

    @Test("a trigger without a name leaves fences alone; faults apply in order, as often as said")
    func order() {
        var harness = MachineHarness()
        harness.machine.inject(Fault(.swallowReply, times: 2))
        harness.machine.inject(Fault(.garbage([9])))
        let (fence, echo) = fence()
        #expect(harness.receive(fence).messages == [echo])
        #expect(harness.receive(.listActors) == [])
        #expect(harness.receive(.newStore) == [])
        #expect(harness.receive(.listActors) == [.sendBytes([9], on: harness.connection)])
        #expect(harness.receive(.listActors).messages == [Self.list])
    }

    @Test("a delayed reply blocks its connection, not the others, until its time")
    func delay() {
        var harness = MachineHarness()
        harness.machine.inject(Fault(.delayReply(.seconds(2)), on: .command("ListActors")))
        #expect(harness.receive(.listActors) == [.stopReading(harness.connection)])
        #expect(!harness.machine.isReading(harness.connection))
        #expect(harness.machine.nextDeadline == .seconds(2))
        let other = harness.open()
        #expect(harness.receive(.listActors, on: other).messages == [Self.list])
        #expect(harness.machine.reachTime(.milliseconds(1_999)) == [])
        #expect(
            harness.machine.reachTime(.seconds(2)) == [
                .send(Self.list, on: harness.connection, .whole),
                .resumeReading(harness.connection),
            ])
        #expect(harness.machine.nextDeadline == nil)
    }

    @Test("latency delays every answer, and a delayed answer can still be cut")
    func latency() {
        var harness = MachineHarness(latency: .milliseconds(5))
        harness.machine.inject(Fault(.cutAfterReply(.reset)))
        #expect(harness.receive(.listActors) == [.stopReading(harness.connection)])
        #expect(
            harness.machine.reachTime(.milliseconds(5)) == [
                .send(Self.list, on: harness.connection, .whole),
                .cut(harness.connection, .reset),
            ])
        #expect(harness.machine.statistics.connectionsOpen == 0)
    }

    @Test("no delay is too long")
    func longDelay() {
        var harness = MachineHarness()
        harness.machine.inject(Fault(.delayReply(.seconds(Int64.max))))
        #expect(harness.receive(.listActors) == [.stopReading(harness.connection)])
        #expect(harness.machine.nextDeadline == .seconds(31_536_000))
    }

    @Test("what is pushed behind a late answer waits for it, and is lost when that is cut")
    func lateCut() throws {
        var harness = MachineHarness(latency: .seconds(1))
        _ = harness.receive(
            .startActor(
                manifest: "actors/prober.toml", initialState: nil, parent: false, subscribe: false))
        let started = harness.machine.reachTime(.seconds(1)).messages.first
        guard case .actorStarted(let id)? = started else {
            Issue.record("not started")
            return
        }
        _ = harness.receive(.openChannel(.actor(id), initialMessage: []))
        let opened = harness.machine.reachTime(.seconds(2)).messages.first
        guard case .channelOpened(let channel, _)? = opened else {
            Issue.record("not opened")
            return
        }
        let send = Command.sendOnChannel(channel, message: bytes("x"))
        #expect(harness.receive(send).messages == [])
        #expect(
            harness.machine.reachTime(.seconds(3)).messages == [
                .messageSent(channel),
                .channelMessage(channel, sender: .actor(id), message: bytes("x")),
            ])
        harness.machine.inject(Fault(.cutAfterReply(.close)))
        _ = harness.receive(send)
        #expect(
            harness.machine.reachTime(.seconds(4)) == [
                .send(.messageSent(channel), on: harness.connection, .whole),
                .cut(harness.connection, .close),
            ])
    }

    @Test("faults of new connections")
    func accept() {
        var machine = ServerMachine(era: .june2025, seed: 1)
        machine.inject(Fault(.cutBeforeExecuting(.close), on: .accept))
        machine.inject(Fault(.hang, on: .accept))
        machine.inject(Fault(.garbage([7]), on: .accept))
        machine.inject(Fault(.delayReply(.seconds(1)), on: .accept))
        let cut = machine.openConnection(now: .zero)
        #expect(cut.actions == [.cut(cut.id, .close)])
        let hung = machine.openConnection(now: .zero)
        #expect(hung.actions == [.stopReading(hung.id)])
        let garbage = machine.openConnection(now: .zero)
        #expect(garbage.actions == [.sendBytes([7], on: garbage.id)])
        let late = machine.openConnection(now: .zero)
        #expect(late.actions == [.stopReading(late.id)])
        #expect(machine.reachTime(.seconds(1)) == [.resumeReading(late.id)])
        #expect(machine.statistics.connectionsAccepted == 4)
        #expect(machine.statistics.connectionsOpen == 3)
    }

    @Test("faults can be removed, and a fault for no times is none")
    func remove() {
        var harness = MachineHarness()
        harness.machine.inject(Fault(.swallowReply, times: 0))
        harness.machine.inject(Fault(.swallowReply, times: .max))
        #expect(harness.receive(.listActors) == [])
        #expect(harness.receive(.listActors) == [])
        harness.machine.removeFaults()
        #expect(harness.receive(.listActors).messages == [Self.list])
    }
}
