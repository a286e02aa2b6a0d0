/// The faults still to come, in order.
struct FaultScript: Sendable {
    private var faults: [Fault] = []

    mutating func append(_ fault: Fault) {
        if fault.times > 0 { faults.append(fault) }
    }

    mutating func removeAll() {
        faults.removeAll()
    }

    /// The fault a new connection meets.
    mutating func takeForAccept() -> Fault.Action? {
        take { $0 == .accept }
    }

    /// The fault a command meets.
    mutating func take(forCommand name: String) -> Fault.Action? {
        take { trigger in
            switch trigger {
            case .accept: false
            case .command(let wanted?): wanted == name
            case .command(nil): name != "UnsubscribeFromActor"
            }
        }
    }

    private mutating func take(where fits: (Fault.Trigger) -> Bool) -> Fault.Action? {
        guard let index = faults.firstIndex(where: { fits($0.trigger) }) else { return nil }
        let action = faults[index].action
        if faults[index].times < Int.max { faults[index].times -= 1 }
        if faults[index].times == 0 { faults.remove(at: index) }
        return action
    }
}
