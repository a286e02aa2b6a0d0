import CUVShim

/// Where to connect to.
package enum SocketAddress: Sendable, Hashable {
    /// Name or numeric address (IPv6 without brackets).
    case host(String, port: UInt16)
}

/// Socket options of one TCP connection, set once it stands.
package struct TCPOptions: Sendable, Hashable {
    /// TCP_NODELAY.
    package var noDelay = true
    /// TCP_QUICKACK set again after every read (Linux).
    package var quickAcknowledge = true
    /// A probe after 15 idle seconds, then every 5, given up after 3 (resilience §3).
    package var keepAlive = true
    /// TCP_USER_TIMEOUT: how long sent bytes may stay unacknowledged; nil leaves it to the kernel.
    package var userTimeoutMilliseconds: Int32? = 30_000

    package init() {}

    /// As the real Theater server: everything off.
    package static var server: TCPOptions {
        var options = TCPOptions()
        options.noDelay = false
        options.quickAcknowledge = false
        options.keepAlive = false
        options.userTimeoutMilliseconds = nil
        return options
    }

    func apply(to tcp: UnsafeMutablePointer<uv_tcp_t>) {
        var options = cuv_tcp_options_t(
            no_delay: noDelay ? 1 : 0,
            quick_ack: quickAcknowledge ? 1 : 0,
            keep_alive: keepAlive ? 1 : 0,
            keep_alive_idle_seconds: 15,
            keep_alive_interval_seconds: 5,
            keep_alive_count: 3,
            user_timeout_milliseconds: max(0, userTimeoutMilliseconds ?? 0))
        cuv_tcp_configure(tcp, &options)
    }
}
