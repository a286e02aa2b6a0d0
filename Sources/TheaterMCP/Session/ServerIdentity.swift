import TheaterProtocol

/// What the server says of itself.
public enum ServerIdentity {
    /// The version in `serverInfo` and `--version`.
    public static let version = "0.1.0"

    static let info: JSONObject = [
        "name": "theater-mcp-server",
        "title": "Theater",
        "version": .string(version),
        "description": "Runs and talks to WebAssembly actors on a Theater server.",
    ]

    /// Neither list ever changes and nothing can be subscribed to, so nothing more is declared.
    static let capabilities: JSONObject = ["tools": [:], "resources": [:]]

    static let instructions = """
        Theater runs WebAssembly actors. Ids of actors come from start_actor and list_actors, ids \
        of channels from open_channel; a channel ends with the connection to Theater. Payloads are \
        given as text or, when they are not UTF-8, as base64 data. An error begins or continues \
        with a code in brackets and says whether the command may have been executed and whether \
        to repeat it; theater_status tells the state of the connection without using it.
        """
}
