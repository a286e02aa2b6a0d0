extension PackType {
    /// Reads a type as the server writes it in JSON: `"U8"`, `{"List":"U8"}` (wire reference §9).
    ///
    /// - Parameter json: The JSON of one type.
    /// - Throws: `PackError` with `invalidJSON`.
    public init(json: JSONValue) throws(PackError) {
        if let name = json.string {
            guard let simple = Self.simple.first(where: { $0.name == name }) else {
                throw PackError(.invalidJSON, "unknown type `\(name)`")
            }
            self = simple.type
            return
        }
        let (name, content) = try json.variant(of: "type")
        switch name {
        case "List":
            self = .list(try PackType(json: content))
        case "Option":
            self = .option(try PackType(json: content))
        case "Result":
            let view = try content.view(of: name)
            self = .result(
                ok: try PackType(json: view.required("ok")),
                error: try PackType(json: view.required("err")))
        case "Record":
            self = .record(try content.text(of: name))
        case "Variant":
            self = .variant(try content.text(of: name))
        case "Tuple":
            self = .tuple(
                try content.elements(of: name).map { (json) throws(PackError) in
                    try PackType(json: json)
                })
        default:
            throw PackError(.invalidJSON, "unknown type `\(name)`")
        }
    }

    /// The type as the server writes it in JSON.
    public var json: JSONValue {
        switch self {
        case .list(let element): ["List": element.json]
        case .option(let wrapped): ["Option": wrapped.json]
        case .result(let ok, let error): ["Result": ["ok": ok.json, "err": error.json]]
        case .record(let name): ["Record": .string(name)]
        case .variant(let name): ["Variant": .string(name)]
        case .tuple(let types): ["Tuple": .array(types.map(\.json))]
        default: .string(Self.simple.first { $0.type == self }?.name ?? "")
        }
    }
}
