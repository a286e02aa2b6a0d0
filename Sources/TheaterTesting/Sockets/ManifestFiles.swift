import Glibc

/// Manifests on disk.
enum ManifestFiles {
    private static let mostBytes = 1 << 20

    /// The bytes of a regular file of at most 1 MiB; nil for anything else, so that a device or a
    /// pipe named by a client cannot hang the server.
    static func read(_ path: String) -> [UInt8]? {
        guard !path.utf8.contains(0) else { return nil }
        let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { _ = close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_size <= mostBytes
        else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        let count = Glibc.read(file, &bytes, bytes.count)
        return count == bytes.count ? bytes : nil
    }
}

/// The time of day.
enum WallClock {
    static var millisecondsSince1970: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UInt64(max(0, time.tv_sec)) * 1_000 + UInt64(time.tv_nsec) / 1_000_000
    }
}
