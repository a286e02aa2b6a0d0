/// Requests that wait for a lane, oldest first, bounded by number and by bytes.
struct RequestQueue {
    private var ids = FIFO<RequestID>()
    private(set) var count = 0
    private(set) var byteCount = 0
    private let countLimit: Int
    private let byteLimit: Int

    init(settings: Settings) {
        countLimit = settings.queuedRequests
        byteLimit = settings.queuedBytes
    }

    /// An empty queue admits any message: a large one would otherwise never be sent.
    func hasRoom(forBytes bytes: Int) -> Bool {
        count == 0 || (count < countLimit && byteCount + bytes <= byteLimit)
    }

    mutating func append(_ id: RequestID, bytes: Int) {
        ids.append(id)
        count += 1
        byteCount += bytes
    }

    /// Back to the front, in their order: they were first once already.
    mutating func putBack(_ requests: [(id: RequestID, bytes: Int)]) {
        ids.prepend(contentsOf: requests.map(\.id))
        count += requests.count
        byteCount += requests.reduce(0) { $0 + $1.bytes }
    }

    /// The waiting requests in order.
    ///
    /// Whoever takes some out says so with `remove`.
    var waiting: FIFO<RequestID> { ids }

    mutating func remove(bytes: Int) {
        count -= 1
        byteCount -= bytes
        if count == 0 { ids = FIFO() }
    }

    /// Drops the ids of requests that are not queued any more.
    mutating func compact(keeping requests: [RequestID: Request]) {
        guard ids.count > count else { return }
        ids.removeAll { requests[$0]?.place != .queued }
    }
}
