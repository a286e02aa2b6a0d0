/// One call of a caller; never used twice.
package struct RequestID: Sendable, Hashable {
    package let number: UInt64
    package init(_ number: UInt64) { self.number = number }
}

/// One TCP connection; never used twice, so that a callback of an older attempt cannot act on a newer one.
package struct ConnectionID: Sendable, Hashable {
    package let number: UInt64
    package init(_ number: UInt64) { self.number = number }
}

/// One subscription of a caller; never used twice.
package struct SubscriptionKey: Sendable, Hashable {
    package let number: UInt64
    package init(_ number: UInt64) { self.number = number }
}

/// One lane: a place for one connection at a time.
package struct LaneID: Sendable, Hashable {
    package let number: Int
    package init(_ number: Int) { self.number = number }
}
