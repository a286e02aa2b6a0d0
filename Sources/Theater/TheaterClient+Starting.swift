public import TheaterProtocol
internal import TheaterStateMachine

/// What surrounds the start of an actor.
extension TheaterClient {
    /// Waits until an actor that was just started has been set up.
    ///
    /// Servers of January 2026 answer StartActor before that: for the next moments messages fail, and
    /// stopping the actor takes ten seconds (wire reference §0.1). The actor's state can be read once it
    /// is set up, so that is what is asked, again and again.
    ///
    /// - Parameters:
    ///   - id: The actor.
    ///   - options: The timeout is that of the whole wait.
    /// - Throws: ``TheaterError``; ``TheaterError/Code/actorNotReadyOrFailed`` when time is up, and
    ///   ``TheaterError/Code/actorNotFound`` when it has ended instead.
    public func waitUntilReady(
        _ id: ActorID, options: RequestOptions = .init()
    ) async throws(TheaterError) {
        let deadline = deadline(options)
        var pause = Duration.milliseconds(20)
        var notReady: TheaterError?
        while true {
            do throws(TheaterError) {
                _ = try await state(of: id, by: deadline)
                return
            } catch {
                if error.code == .actorNotReadyOrFailed {
                    notReady = error
                } else if let notReady, error.code == .timeout || error.code == .notConnected {
                    // Time was up in the middle of asking again.
                    throw notReady
                } else {
                    throw error
                }
                guard .now + pause < deadline else { throw error }
            }
            // Cut short by cancellation, which the next request then reports.
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .seconds(1))
        }
    }

    /// Refuses the manifests that kill a server of April 2025 for everyone: a reference into the store
    /// that ends after its id or after `hash` (wire reference §7).
    static func check(manifest: String) throws(TheaterError) {
        let scheme = "store://"
        guard manifest.hasPrefix(scheme) else { return }
        let parts = manifest.dropFirst(scheme.count).split(
            separator: "/", omittingEmptySubsequences: false)
        let isComplete =
            parts.count >= 2 && !parts[1].isEmpty && (parts[1] != "hash" || parts.count >= 3)
        guard isComplete, parts.allSatisfy({ !$0.isEmpty }) else {
            throw .invalidArgument(
                "the reference \"\(manifest)\" is incomplete; write store://ID/LABEL or "
                    + "store://ID/hash/HASH")
        }
    }
}
