import Glibc

/// What a test needs from the system that the loop does not offer.
enum Descriptors {
    struct Failure: Error {
        let call: String
        let code = errno
    }

    static func pipe() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        guard Glibc.pipe(&ends) == 0 else { throw Failure(call: "pipe") }
        // A process that another test starts must not hold them open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    static func open(_ path: String, _ flags: Int32) throws -> Int32 {
        let descriptor = Glibc.open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(call: "open") }
        return descriptor
    }

    /// A new file's name, and the empty file.
    static func temporaryFile() throws -> (path: String, descriptor: Int32) {
        var template = Array("/tmp/loop-test-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw Failure(call: "mkstemp") }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        let name = template.dropLast().map { UInt8(bitPattern: $0) }
        return (String(decoding: name, as: UTF8.self), descriptor)
    }

    static func contents(of path: String) throws -> [UInt8] {
        let descriptor = try open(path, O_RDONLY)
        defer { close(descriptor) }
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            guard count >= 0 else { throw Failure(call: "read") }
            if count == 0 { return all }
            all += chunk[..<count]
        }
    }

    static func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw Failure(call: "write") }
            rest = rest.dropFirst(count)
        }
    }

    /// A socket bound to a loopback port of its own; `backlog` nil leaves it without `listen`.
    static func boundSocket(backlog: Int32?) throws -> (descriptor: Int32, port: UInt16) {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_INET, type, 0)
        guard descriptor >= 0 else { throw Failure(call: "socket") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        try asSocketAddress(&address) { pointer in
            guard bind(descriptor, pointer, length) == 0 else { throw Failure(call: "bind") }
            guard getsockname(descriptor, pointer, &length) == 0 else {
                throw Failure(call: "getsockname")
            }
        }
        if let backlog, listen(descriptor, backlog) != 0 { throw Failure(call: "listen") }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    /// A socket whose two ends are one: what dialling one's own ephemeral port may lead to.
    static func selfConnectedSocket() throws -> Int32 {
        let (descriptor, port) = try boundSocket(backlog: nil)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        address.sin_port = port.bigEndian
        try asSocketAddress(&address) { pointer in
            let length = socklen_t(MemoryLayout<sockaddr_in>.size)
            guard Glibc.connect(descriptor, pointer, length) == 0 else {
                throw Failure(call: "connect")
            }
        }
        return descriptor
    }

    /// The follower's end of a new terminal, and its leader.
    static func terminal() throws -> (leader: Int32, follower: Int32) {
        let unlock: UInt = 0x4004_5431  // TIOCSPTLCK
        let getNumber: UInt = 0x8004_5430  // TIOCGPTN
        let leader = try open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var isLocked: Int32 = 0
        var number: Int32 = 0
        guard ioctl(leader, unlock, &isLocked) == 0, ioctl(leader, getNumber, &number) == 0 else {
            throw Failure(call: "ioctl")
        }
        return (leader, try open("/dev/pts/\(number)", O_RDWR | O_NOCTTY))
    }

    private static func asSocketAddress(
        _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>) throws -> Void
    ) throws {
        try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { try body($0) }
        }
    }
}
