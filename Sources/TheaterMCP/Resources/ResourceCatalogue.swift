import TheaterProtocol

/// The lists of resources and templates; the same whether or not Theater can be reached.
enum ResourceCatalogue {
    static let mimeType: JSONValue = "application/json"

    static let resources: [JSONValue] = [
        [
            "uri": "theater://actors", "name": "actors", "title": "Running actors",
            "description": "The running actors: id, name if Theater gives one, URI.",
            "mimeType": mimeType,
        ],
        [
            "uri": "theater://connection", "name": "connection", "title": "Connection to Theater",
            "description": "The state of the connection, told without using it.",
            "mimeType": mimeType,
        ],
    ]

    static let templates: [JSONValue] = [
        [
            "uriTemplate": "theater://actor/{id}", "name": "actor", "title": "Actor",
            "description": "One actor: name, status and manifest, as far as Theater tells them.",
            "mimeType": mimeType,
        ],
        [
            "uriTemplate": "theater://actor/{id}/state", "name": "actor-state",
            "title": "State of an actor",
            "description":
                "The actor's state as text, data (base64) or JSON value; at most 64 KiB of it.",
            "mimeType": mimeType,
        ],
        [
            "uriTemplate": "theater://events/{id}", "name": "actor-events",
            "title": "Events of an actor",
            "description":
                "The actor's last 50 events, the oldest first; ?limit= gives up to 1000.",
            "mimeType": mimeType,
        ],
    ]
}
