import Glibc

/// Descriptors 0, 1 and 2 as a process finds them.
public enum StandardDescriptors {
    /// Opens those that the parent has closed, on `/dev/null`.
    ///
    /// Otherwise the next file or socket gets their number, and is then taken for standard input
    /// or output. To be called before anything else is opened.
    public static func openMissing() {
        while true {
            let descriptor = open("/dev/null", O_RDWR)
            guard descriptor >= 0 else { return }
            if descriptor > STDERR_FILENO {
                close(descriptor)
                return
            }
        }
    }
}
