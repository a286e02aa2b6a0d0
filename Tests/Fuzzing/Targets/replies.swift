/// A message of a server: every era's form of it can be read again, and so can all it carries.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    withInput(start, count) { bytes in
        guard let message = try? ServerMessage(decoding: bytes) else { return }
        for era in ServerEra.allCases {
            let text = message.encoded(as: era)
            guard let again = try? ServerMessage(decoding: text) else {
                preconditionFailure("a message written is not read")
            }
            precondition(again.encoded(as: era) == text, "another text")
        }
        lookInside(message)
    }
}

private func lookInside(_ message: ServerMessage) {
    switch message {
    case .actorEvent(_, let event), .actorError(_, .internalError(let event)),
        .actorResult(.error(_, .internalError(let event))):
        check([event])
    case .actorEvents(_, let events):
        check(events)
    case .actorManifest(_, let json):
        let manifest = try? Manifest(json)
        _ = (manifest?.handlers, manifest?.otherMembers, manifest?.package)
    case .actorMetrics(_, let json):
        _ = try? ActorMetrics(json)
    case .actorState(_, let state):
        guard let value = state.typedValue else { return }
        precondition((try? PackValue(json: value.json))?.json == value.json, "another value")
    default:
        break
    }
}

private func check(_ events: [ChainEvent]) {
    var chain = EventChain(startingAt: .firstEvent, window: .init(events: 4, bytes: 1_000))
    var ready: [ChainEvent] = []
    for event in events {
        _ = event.payload.logMessage
        var event = event
        event.hash = event.computedHash()
        ready += (try? chain.append(event)) ?? []
    }
    ready += chain.fill(with: events)
    while chain.missingParent != nil { ready += chain.giveUp().events }
    precondition(Set(ready.map(\.hash)).count == ready.count, "an event came twice")
}
