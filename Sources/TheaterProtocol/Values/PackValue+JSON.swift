extension PackValue {
    /// Reads a value as the server writes it in JSON, `{"U8":1}` (wire reference §9 "Value").
    ///
    /// The server writes `null` for a float that is no number or infinite; it is read as NaN.
    ///
    /// - Parameter json: The JSON of one value.
    /// - Throws: `PackError` with `invalidJSON`.
    public init(json: JSONValue) throws(PackError) {
        let (name, content) = try json.variant(of: "value")
        if let scalar = try Self.scalar(named: name, content) {
            self = scalar
            return
        }
        switch name {
        case "Tuple":
            self = .tuple(try content.packValues(of: name))
        case "List":
            let view = try content.view(of: name)
            self = .list(
                of: try PackType(json: view.required("elem_type")),
                try view.required("items").packValues(of: name))
        case "Option":
            let view = try content.view(of: name)
            let value = view["value"] ?? .null
            self = .option(
                type: try PackType(json: view.required("inner_type")),
                value == .null ? nil : try PackValue(json: value))
        case "Result":
            let view = try content.view(of: name)
            self = .result(
                okType: try PackType(json: view.required("ok_type")),
                errorType: try PackType(json: view.required("err_type")),
                try PackOutcome(json: view.required("value")))
        case "Record":
            let view = try content.view(of: name)
            self = .record(
                typeName: try view.required("type_name").text(of: "type_name"),
                fields: try view.required("fields").packFields())
        case "Variant":
            let view = try content.view(of: name)
            self = .variant(
                PackVariant(
                    typeName: try view.required("type_name").text(of: "type_name"),
                    caseName: try view.required("case_name").text(of: "case_name"),
                    tag: try view.required("tag").integer(of: "tag"),
                    payload: try view.required("payload").packValues(of: "payload")))
        default:
            throw PackError(.invalidJSON, "unknown value `\(name)`")
        }
    }

    private static func scalar(
        named name: String, _ content: JSONValue
    ) throws(PackError) -> PackValue? {
        switch name {
        case "Bool":
            guard let flag = content.bool else { throw PackError(.invalidJSON, "no boolean") }
            return .bool(flag)
        case "U8": return .u8(try content.integer(of: name))
        case "U16": return .u16(try content.integer(of: name))
        case "U32": return .u32(try content.integer(of: name))
        case "U64": return .u64(try content.integer(of: name))
        case "S8": return .s8(try content.integer(of: name))
        case "S16": return .s16(try content.integer(of: name))
        case "S32": return .s32(try content.integer(of: name))
        case "S64": return .s64(try content.integer(of: name))
        case "Flags": return .flags(try content.integer(of: name))
        case "F32": return .f32(Float(try content.float(of: name)))
        case "F64": return .f64(try content.float(of: name))
        case "String": return .string(try content.text(of: name))
        case "Char":
            let scalars = try content.text(of: name).unicodeScalars
            guard let scalar = scalars.first, scalars.count == 1 else {
                throw PackError(.invalidJSON, "a character is one Unicode scalar")
            }
            return .char(scalar)
        default: return nil
        }
    }

    /// The value as the server writes it in JSON; floats that are no numbers become `null`.
    public var json: JSONValue {
        switch self {
        case .bool(let flag): ["Bool": .bool(flag)]
        case .u8(let number): ["U8": .integer(Int64(number))]
        case .u16(let number): ["U16": .integer(Int64(number))]
        case .u32(let number): ["U32": .integer(Int64(number))]
        case .u64(let number): ["U64": JSONValue(number)]
        case .s8(let number): ["S8": .integer(Int64(number))]
        case .s16(let number): ["S16": .integer(Int64(number))]
        case .s32(let number): ["S32": .integer(Int64(number))]
        case .s64(let number): ["S64": .integer(number)]
        case .f32(let number): ["F32": JSONValue(finite: Double(number))]
        case .f64(let number): ["F64": JSONValue(finite: number)]
        case .char(let scalar): ["Char": .string(String(Character(scalar)))]
        case .string(let text): ["String": .string(text)]
        case .flags(let bits): ["Flags": JSONValue(bits)]
        case .tuple(let items): ["Tuple": .array(items.map(\.json))]
        default: compoundJSON
        }
    }

    private var compoundJSON: JSONValue {
        switch self {
        case .bytes(let bytes):
            [
                "List": [
                    "elem_type": "U8", "items": .array(bytes.map { PackValue.u8($0).json }),
                ]
            ]
        case .list(let type, let items):
            ["List": ["elem_type": type.json, "items": .array(items.map(\.json))]]
        case .option(let type, let value):
            ["Option": ["inner_type": type.json, "value": value?.json ?? .null]]
        case .result(let okType, let errorType, let outcome):
            [
                "Result": [
                    "ok_type": okType.json, "err_type": errorType.json, "value": outcome.json,
                ]
            ]
        case .record(let typeName, let fields):
            [
                "Record": [
                    "type_name": .string(typeName),
                    "fields": .array(fields.map { [.string($0.name), $0.value.json] }),
                ]
            ]
        case .variant(let variant):
            [
                "Variant": [
                    "type_name": .string(variant.typeName),
                    "case_name": .string(variant.caseName),
                    "tag": .integer(Int64(variant.tag)),
                    "payload": .array(variant.payload.map(\.json)),
                ]
            ]
        default: .null
        }
    }
}

extension PackOutcome {
    fileprivate init(json: JSONValue) throws(PackError) {
        let (name, content) = try json.variant(of: "result")
        switch name {
        case "Ok": self = .ok(try PackValue(json: content))
        case "Err": self = .error(try PackValue(json: content))
        default: throw PackError(.invalidJSON, "unknown result `\(name)`")
        }
    }

    fileprivate var json: JSONValue {
        switch self {
        case .ok(let value): ["Ok": value.json]
        case .error(let value): ["Err": value.json]
        }
    }
}
