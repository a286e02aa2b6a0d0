internal import UVEventLoop

/// A TCP relay that stands between a client and a Theater server and cuts when it is told to.
///
/// It works with any server, a real one too, because the harm is done on the way: the server has
/// executed what it was sent, and the client does not hear of it.
///
/// ```swift
/// let proxy = try await FaultProxy.start(to: "127.0.0.1", port: 9000)
/// let client = TheaterClient(configuration: .init(endpoint: .init(port: proxy.port)))
/// await proxy.cutBeforeNextReply()
/// let actors = try await client.listActors()  // asked twice, answered once
/// ```
public final class FaultProxy: Sendable {
    private let loop: EventLoop
    private let relay: Relay
    /// The address it listens on.
    public let host: String
    /// The port it listens on; the same after ``restart()``.
    public let port: UInt16

    private init(loop: EventLoop, relay: Relay, host: String, port: UInt16) {
        self.loop = loop
        self.relay = relay
        self.host = host
        self.port = port
    }

    /// Starts a relay on a port that is free.
    ///
    /// - Parameters:
    ///   - host: The server's name or address.
    ///   - port: The server's port.
    ///   - listeningHost: The numeric address to listen on.
    /// - Returns: The running relay; ``close()`` ends it.
    /// - Throws: ``TestServerError`` when it cannot listen.
    public static func start(
        to host: String, port: UInt16, listeningOn listeningHost: String = "127.0.0.1"
    ) async throws(TestServerError) -> FaultProxy {
        do throws(UVError) {
            let loop = try EventLoop(name: "fault-proxy")
            let relay = Relay(loop: loop, server: .host(host, port: port))
            let started =
                await loop.ask { relay.listen(on: listeningHost, port: 0) } ?? .failure(.ended)
            switch started {
            case .success(let port):
                return FaultProxy(loop: loop, relay: relay, host: listeningHost, port: port)
            case .failure(let error):
                await loop.shutDown()
                throw error
            }
        } catch {
            throw TestServerError(description: "the proxy cannot listen: \(error)")
        }
    }

    /// Passes the next bytes from a client on to the server, throws the server's answer to them
    /// away and cuts that connection.
    ///
    /// A client's opening fence does not count: it comes before any request.
    public func cutBeforeNextReply() async {
        _ = await loop.ask { self.relay.cutsBeforeNextReply = true }
    }

    /// Cuts every connection now; the next one is served.
    public func cutConnections() async {
        _ = await loop.ask { self.relay.cutAll() }
    }

    /// As if the server's process had died: every connection is cut, new ones are refused.
    public func stop() async {
        _ = await loop.askLater { answer in self.relay.stop { answer(()) } }
    }

    /// Listens again after ``stop()``.
    ///
    /// - Throws: ``TestServerError`` when the port has been taken meanwhile.
    public func restart() async throws(TestServerError) {
        let started =
            await loop.ask { self.relay.listen(on: self.host, port: self.port) } ?? .failure(.ended)
        if case .failure(let error) = started {
            throw TestServerError(description: "the proxy cannot listen again: \(error)")
        }
    }

    /// Ends the relay and its thread.
    ///
    /// Idempotent.
    public func close() async {
        await loop.shutDown()
    }
}

extension UVError {
    /// The loop has ended.
    fileprivate static var ended: UVError { UVError(code: -125) }
}
