package import TheaterProtocol

/// Every bound and wait of the machine in one place; the defaults are those of resilience §3.
package struct Settings: Sendable, Hashable {
    package var backoff = Backoff()
    /// Nil: find out with an opening fence in one format, then the other.
    package var fixedWireFormat: WireFormat?

    // Dialling
    package var connectTimeout = Duration.seconds(5)
    /// For an echo in a format that is only guessed.
    package var probeTimeout = Duration.seconds(1)
    /// Connected this long without an error counts as proof.
    package var stableAfter = Duration.seconds(10)
    /// At most one redial without a wait in this time.
    package var immediateRedialInterval = Duration.seconds(1)
    /// The shortest quiet after which a series starts anew.
    package var quietResetMinimum = Duration.seconds(2)
    package var dialsAtOnceWhenProved = 8

    // Requests
    package var attemptsPerRequest = 3
    /// A waiting request does not stay for a dial further away than this, once one has failed.
    package var longestWaitAfterFailure = Duration.seconds(2)
    /// Closes with the same request at the head and no byte of a reply.
    package var dropsPerRequest = 2
    package var queuedRequests = 1_024
    package var queuedBytes = 16 * 1_024 * 1_024
    package var inFlightPerLane = 64
    package var workLanes = 8
    /// One, and spares while those before them owe replies that nobody waits for any more.
    package var controlLanes = 4
    /// Channels being opened; one that is open has its lane to itself and does not count.
    package var openingLanes = 8

    // Liveness
    package var heartbeatInterval = Duration.seconds(30)
    /// Share of the interval by which a heartbeat may be early or late, so that fleets spread.
    package var heartbeatJitter = 0.1
    package var heartbeatTimeout = Duration.seconds(10)
    /// For the fence that clears the slots of cancelled and timed-out requests.
    package var fenceTimeout = Duration.seconds(5)
    /// For the runtime's word on a subscription's actor: a healthy one may pause for ten seconds and more.
    package var censusTimeout = Duration.seconds(60)

    package init() {}
}
