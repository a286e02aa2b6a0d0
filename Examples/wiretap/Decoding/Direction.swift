/// Which way bytes pass.
enum Direction: Sendable, Hashable {
    case toServer
    case fromServer

    /// How a transcript draws it: the client is on the left.
    var arrow: String {
        switch self {
        case .toServer: "▶"
        case .fromServer: "◀"
        }
    }

    /// Whose bytes they are.
    var sender: String {
        switch self {
        case .toServer: "the client"
        case .fromServer: "the server"
        }
    }
}
