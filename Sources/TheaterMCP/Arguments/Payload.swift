import TheaterProtocol

/// Bytes that go to or come from an actor: `text` when they are UTF-8, else `data` in base64.
enum Payload {
    static let names = ["text", "data"]

    /// The two properties, of which exactly one is to be given.
    static let properties: JSONObject = [
        "text": [
            "type": "string",
            "description": "The payload as text; sent as UTF-8. Give either text or data.",
        ],
        "data": [
            "type": "string", "contentEncoding": "base64",
            "description": "The payload as base64, for bytes that are not text.",
        ],
    ]

    /// Reads a payload from the two properties among `values`, those of the argument `label` or,
    /// without one, the arguments of the tool themselves.
    static func read(
        from values: JSONObject, inside label: String? = nil
    ) throws(InvalidArgument) -> [UInt8] {
        let path = label.map { "\($0)." } ?? ""
        let text = values["text"].flatMap { $0 == .null ? nil : $0 }
        let data = values["data"].flatMap { $0 == .null ? nil : $0 }
        switch (text, data) {
        case (nil, nil):
            throw InvalidArgument(
                "Exactly one of \(path)text and \(path)data must be given; got neither. "
                    + "Give \(path)text, or \(path)data with base64 for bytes that are not UTF-8.")
        case (_?, _?):
            throw InvalidArgument(
                "Exactly one of \(path)text and \(path)data must be given; got both. "
                    + "Leave one of them out.")
        case (let text?, nil):
            guard let text = text.string else {
                throw InvalidArgument(
                    "\(path)text", mustBe: "a string", got: text,
                    advice: "Give JSON as a string that contains it.")
            }
            return Array(text.utf8)
        case (nil, let data?):
            guard let bytes = data.string.flatMap(Base64.decode) else {
                throw InvalidArgument(
                    "\(path)data", mustBe: "base64 (RFC 4648 §4)", got: data,
                    advice: "Plain text goes into \(path)text.")
            }
            return bytes
        }
    }

    /// `text` or `data`, for a result.
    static func described(_ bytes: [UInt8]) -> JSONObject {
        if let text = String(validating: bytes, as: UTF8.self) { return ["text": .string(text)] }
        return ["data": .string(Base64.encode(bytes))]
    }

    /// The schema of what `described` returns.
    static let resultProperties: JSONObject = [
        "text": ["type": "string", "description": "The bytes, when they are UTF-8."],
        "data": ["type": "string", "description": "The bytes in base64, when they are not."],
    ]
}

extension Argument where Value == [UInt8] {
    /// An object with exactly one of `text` and `data`.
    static func payload(_ name: String, _ description: String) -> Argument {
        Argument(
            name: name,
            schema: [
                "type": "object", "properties": .object(Payload.properties),
                "minProperties": 1, "maxProperties": 1, "additionalProperties": false,
                "description": .string(description),
                "examples": [["text": "{\"count\":0}"], ["data": "AAEC"]],
            ],
            read: { value throws(InvalidArgument) in
                guard let object = value.object else {
                    throw InvalidArgument(
                        name, mustBe: "an object with either text or data", got: value,
                        advice: "For example {\"text\": \"…\"}.")
                }
                for member in object.members where !Payload.names.contains(member.name) {
                    throw InvalidArgument(
                        name, mustBe: "an object with either text or data", got: value,
                        advice: "Give JSON as text: {\"text\": \"{\\\"count\\\":0}\"}.")
                }
                return try Payload.read(from: object, inside: name)
            })
    }
}
