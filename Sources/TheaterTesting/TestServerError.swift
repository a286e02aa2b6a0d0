/// Why a `TestServer` could not be started or restarted.
public struct TestServerError: Error, Sendable, CustomStringConvertible {
    /// One line for people, for example "cannot listen on 127.0.0.1:9000: address already in use".
    public let description: String
}
