import Glibc

/// Writes a line to standard error, unless nobody reads it there.
func complain(_ text: String) {
    var request = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
    // Not to be blocked by a pipe that is full.
    guard poll(&request, 1, 0) == 1 else { return }
    let line = "wiretap: \(text)\n"
    _ = write(STDERR_FILENO, line, line.utf8.count)
}
