/// Members in the order they came; equality ignores the order.
///
/// Names are compared by their UTF-8 bytes: JSON knows no canonical equivalence.
public struct JSONObject: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    /// Name and value of each member; no name appears twice.
    public private(set) var members: [(name: String, value: JSONValue)] = []

    /// An empty object.
    public init() {}

    /// An object from a literal; of two members with one name the last rules.
    ///
    /// - Parameter elements: The members in order.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        for (name, value) in elements {
            self[name] = value
        }
    }

    /// The value under a name; setting `nil` removes it, a new name goes to the end.
    ///
    /// - Parameter name: Compared byte by byte.
    public subscript(name: String) -> JSONValue? {
        get {
            index(of: name).map { members[$0].value }
        }
        set {
            switch (index(of: name), newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append((name, value))
            case (nil, nil): break
            }
        }
    }

    /// Adds a member whose name the caller knows to be new, without searching for it.
    mutating func appendUnchecked(name: String, value: JSONValue) {
        members.append((name, value))
    }

    private func index(of name: String) -> Int? {
        members.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
    }

    /// Same names with equal values, in any order.
    ///
    /// - Parameters:
    ///   - a: One object.
    ///   - b: The other.
    /// - Returns: Whether both say the same.
    public static func == (a: JSONObject, b: JSONObject) -> Bool {
        guard a.members.count == b.members.count else { return false }
        // A hash table, so that comparing two large objects stays linear.
        var values: [MemberName: JSONValue] = [:]
        for member in a.members {
            values[MemberName(text: member.name)] = member.value
        }
        return b.members.allSatisfy { values[MemberName(text: $0.name)] == $0.value }
    }
}

/// A name that equals another only byte by byte.
struct MemberName: Hashable {
    let text: String

    static func == (a: MemberName, b: MemberName) -> Bool {
        a.text.utf8.elementsEqual(b.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        for byte in text.utf8 {
            hasher.combine(byte)
        }
    }
}

/// The names an object has shown so far: a short list first, a hash table for large objects.
struct MemberNames {
    private var few: [String] = []
    private var many: Set<MemberName> = []

    /// Remembers a name; false when it was there already.
    mutating func insert(_ name: String) -> Bool {
        if few.count < 8 {
            if few.contains(where: { $0.utf8.elementsEqual(name.utf8) }) { return false }
            few.append(name)
            return true
        }
        if many.isEmpty {
            many = Set(few.map(MemberName.init(text:)))
        }
        return many.insert(MemberName(text: name)).inserted
    }
}
