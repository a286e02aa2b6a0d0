import Glibc

/// A file descriptor that is written to in full, until the first failure.
final class OutputFile {
    private let descriptor: Int32
    private var pending: [UInt8] = []
    /// The reason why nothing is written any more.
    private(set) var failure: FileError?

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Creates a file, or empties it.
    convenience init(path: String) throws(FileError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileError(path: path, code: errno) }
        self.init(descriptor: descriptor)
    }

    /// Adds a line, which `flush` writes.
    func append(line: [UInt8]) {
        guard failure == nil else { return }
        pending += line
        pending.append(UInt8(ascii: "\n"))
        if pending.count >= 1 << 16 { flush() }
    }

    func flush() {
        var start = 0
        while start < pending.count, failure == nil {
            let count = pending.withUnsafeBytes { bytes in
                write(descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
            }
            if count >= 0 {
                start += count
            } else if errno == EAGAIN {
                awaitSpace()
            } else if errno != EINTR {
                failure = FileError(path: nil, code: errno)
            }
        }
        pending.removeAll(keepingCapacity: true)
    }

    /// Whoever shares the descriptor may have made it non-blocking.
    private func awaitSpace() {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&request, 1, -1)
    }
}

/// A system call on a file failed.
struct FileError: Error, CustomStringConvertible {
    let path: String?
    let code: Int32

    var description: String {
        let reason = String(cString: strerror(code))
        return path.map { "\($0): \(reason)" } ?? reason
    }
}
