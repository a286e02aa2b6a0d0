import TheaterProtocol

extension Argument where Value == ActorID {
    static func actorID(_ description: String) -> Argument {
        Argument(
            name: "actor_id",
            schema: [
                "type": "string", "format": "uuid", "description": .string(description),
                "examples": ["6a3f0f57-2f6c-4e0c-9d0e-5f8f3a1b7c11"],
            ],
            read: { value throws(InvalidArgument) in
                guard let id = value.string.flatMap({ ActorID($0) }) else {
                    throw InvalidArgument(
                        "actor_id",
                        mustBe: "an actor id, a UUID like 6a3f0f57-2f6c-4e0c-9d0e-5f8f3a1b7c11",
                        got: value, advice: "list_actors gives the ids of the running actors.")
                }
                return id
            })
    }
}

extension Argument where Value == ChannelID {
    static func channelID(_ description: String) -> Argument {
        Argument(
            name: "channel_id",
            schema: [
                "type": "string", "minLength": 1, "maxLength": 1024,
                "description": .string(description),
            ],
            read: { value throws(InvalidArgument) in
                guard let text = value.string, !text.isEmpty, text.utf8.count <= 1024 else {
                    throw InvalidArgument(
                        "channel_id", mustBe: "the id of a channel, a text like ch_…", got: value,
                        advice: "open_channel gives it.")
                }
                return ChannelID(text)
            })
    }
}

extension Argument where Value == String {
    static func text(_ name: String, _ description: String) -> Argument {
        Argument(
            name: name,
            schema: ["type": "string", "minLength": 1, "description": .string(description)],
            read: { value throws(InvalidArgument) in
                guard let text = value.string, !text.isEmpty else {
                    throw InvalidArgument(name, mustBe: "a text that is not empty", got: value)
                }
                return text
            })
    }
}

extension Argument where Value == Int {
    static func integer(
        _ name: String, in range: ClosedRange<Int>, default defaultValue: Int,
        _ description: String
    ) -> Argument {
        Argument(
            name: name,
            schema: [
                "type": "integer", "minimum": .integer(Int64(range.lowerBound)),
                "maximum": .integer(Int64(range.upperBound)),
                "default": .integer(Int64(defaultValue)), "description": .string(description),
            ],
            read: { value throws(InvalidArgument) in
                guard let number = value.int, range.contains(number) else {
                    let (least, greatest) = (range.lowerBound, range.upperBound)
                    throw InvalidArgument(
                        name, mustBe: "a whole number from \(least) to \(greatest)", got: value)
                }
                return number
            })
    }
}

extension Argument where Value == Duration {
    /// A time in seconds, at most the budget of a call.
    static func timeout(_ name: String, _ description: String) -> Argument {
        Argument(
            name: name,
            schema: [
                "type": "number", "exclusiveMinimum": 0, "maximum": 45,
                "description": .string(description),
            ],
            read: { value throws(InvalidArgument) in
                let seconds: Double? =
                    switch value {
                    case .integer(let number): Double(number)
                    case .double(let number): number
                    default: nil
                    }
                guard let seconds, seconds > 0, seconds <= 45 else {
                    throw InvalidArgument(
                        name, mustBe: "a number of seconds above 0 and at most 45", got: value)
                }
                return .seconds(seconds)
            })
    }
}
