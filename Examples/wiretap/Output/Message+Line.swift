extension Message {
    /// Name and fields.
    var line: String {
        let fields =
            switch self {
            case .command(let command): command.fields
            case .reply(let message): message.fields
            }
        return fields.isEmpty ? name : "\(name)  \(fields)"
    }
}
