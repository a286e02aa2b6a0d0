/// What has been seen, for the closing line.
struct Tally {
    var connections = 0
    var frames = 0
    /// Frames that could not be decoded, by their sender.
    var unknown: [Direction: Int] = [:]
    var events = 0
    var verified = 0
    /// Events that came before their parent and found their place when it came.
    var reordered = 0
    /// Directions of connections whose bytes were not all looked at.
    var partlySeen = 0
    /// Connections that passed without being looked at.
    var unseenConnections = 0

    var unknownFrames: Int { unknown.values.reduce(0, +) }

    /// Whether all was decoded and every event is what its hash says.
    var isClean: Bool { unknownFrames == 0 && verified == events && partlySeen == 0 }

    var closingLine: String {
        "\(frames) frames, \(frames - unknownFrames) decoded, \(unknownFrames) unknown; "
            + "\(events) events, \(verified) verified, \(reordered) put back in order"
    }

    /// What the closing line has no room for.
    var remarks: [String] {
        var remarks = ["connections: \(connections)"]
        if unknownFrames > 0 {
            let (client, server) = (unknown[.toServer] ?? 0, unknown[.fromServer] ?? 0)
            remarks.append("unknown: \(client) from clients, \(server) from the server")
        }
        if partlySeen > 0 {
            remarks.append("directions not decoded to their end: \(partlySeen)")
        }
        if unseenConnections > 0 {
            remarks.append("connections not looked at: \(unseenConnections)")
        }
        return remarks
    }
}
