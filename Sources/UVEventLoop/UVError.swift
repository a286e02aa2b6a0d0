import CUVShim

/// A libuv error: code, name ("ECONNREFUSED") and message ("connection refused").
package struct UVError: Error, Hashable, Sendable, CustomStringConvertible {
    package let code: Int32
    package let name: String
    package let message: String

    package var description: String { message }

    /// The error of a negative libuv status.
    package init(code: Int32) {
        self.code = code
        // The `_r` forms: the plain ones allocate for codes libuv does not know, and never free.
        self.name = Self.text { uv_err_name_r(code, $0, $1) }
        self.message = Self.text { uv_strerror_r(code, $0, $1) }
    }

    init(_ code: uv_errno_t) {
        self.init(code: code.rawValue)
    }

    /// Throws when `status` is negative.
    @discardableResult
    static func check(_ status: Int32) throws(UVError) -> Int32 {
        if status < 0 { throw UVError(code: status) }
        return status
    }

    private static func text(
        _ fill: (UnsafeMutablePointer<CChar>, Int) -> UnsafeMutablePointer<CChar>?
    ) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { buffer in
            guard let start = buffer.baseAddress, let text = fill(start, buffer.count) else {
                return ""
            }
            return String(cString: text)
        }
    }
}
