// Steps into a JSON value that throw what is wrong instead of returning nil.

extension JSONValue {
    /// A number in the one form its size has.
    init(_ number: UInt64) {
        self = Int64(exactly: number).map(JSONValue.integer) ?? .unsigned(number)
    }

    /// A number, or `null` for what JSON has no number for.
    init(finite number: Double) {
        self = number.isFinite ? .double(number) : .null
    }

    /// The one member of an enum's object.
    func variant(of what: String) throws(PackError) -> (name: String, value: JSONValue) {
        guard let members = object?.members, let member = members.first, members.count == 1 else {
            throw PackError(.invalidJSON, "a \(what) is an object with one member")
        }
        return member
    }

    func view(of what: String) throws(PackError) -> JSONObject {
        guard let object else { throw PackError(.invalidJSON, "\(what) is no object") }
        return object
    }

    func elements(of what: String) throws(PackError) -> [JSONValue] {
        guard let array else { throw PackError(.invalidJSON, "\(what) is no array") }
        return array
    }

    func text(of what: String) throws(PackError) -> String {
        guard let string else { throw PackError(.invalidJSON, "\(what) is no string") }
        return string
    }

    func integer<Number: FixedWidthInteger>(of what: String) throws(PackError) -> Number {
        let number: Number? =
            switch self {
            case .integer(let number): Number(exactly: number)
            case .unsigned(let number): Number(exactly: number)
            default: nil
            }
        guard let number else {
            throw PackError(.invalidJSON, "\(what) is no integer that fits")
        }
        return number
    }

    func float(of what: String) throws(PackError) -> Double {
        switch self {
        case .double(let number): number
        case .integer(let number): Double(number)
        case .unsigned(let number): Double(number)
        case .null: .nan
        default: throw PackError(.invalidJSON, "\(what) is no number")
        }
    }

    func packValues(of what: String) throws(PackError) -> [PackValue] {
        try elements(of: what).map { (json) throws(PackError) in try PackValue(json: json) }
    }

    /// Fields of a record: `[["name",value],…]`.
    func packFields() throws(PackError) -> [PackField] {
        try elements(of: "fields").map { (json) throws(PackError) in
            let pair = try json.elements(of: "field")
            guard pair.count == 2 else {
                throw PackError(.invalidJSON, "a field is a name and a value")
            }
            let name = try pair[0].text(of: "name")
            return PackField(name: name, value: try PackValue(json: pair[1]))
        }
    }
}

extension JSONObject {
    func required(_ name: String) throws(PackError) -> JSONValue {
        guard let value = self[name] else {
            throw PackError(.invalidJSON, "missing field `\(name)`")
        }
        return value
    }
}
