import CUVShim

// libuv's handles are structs that begin with the members of `uv_handle_t` (or `uv_stream_t`), and
// its functions take a pointer to that beginning. Only C reads through the pointers made here.

extension UnsafeMutablePointer {
    /// This handle as libuv's base type.
    var base: UnsafeMutablePointer<uv_handle_t> {
        UnsafeMutableRawPointer(self).assumingMemoryBound(to: uv_handle_t.self)
    }

    /// This handle as libuv's stream type.
    var stream: UnsafeMutablePointer<uv_stream_t> {
        UnsafeMutableRawPointer(self).assumingMemoryBound(to: uv_stream_t.self)
    }

    /// This handle as libuv's TCP type.
    var tcp: UnsafeMutablePointer<uv_tcp_t> {
        UnsafeMutableRawPointer(self).assumingMemoryBound(to: uv_tcp_t.self)
    }

    /// This request as libuv's base type.
    var request: UnsafeMutablePointer<uv_req_t> {
        UnsafeMutableRawPointer(self).assumingMemoryBound(to: uv_req_t.self)
    }
}
