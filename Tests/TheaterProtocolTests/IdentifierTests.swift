import Testing

@testable import TheaterProtocol

@Suite struct IdentifierTests {
    private static let text = "550e8400-e29b-41d4-a716-446655440000"

    @Test(arguments: [
        text, text.uppercased(), "550e8400e29b41d4a716446655440000", "{\(text)}",
        "urn:uuid:\(text)", "URN:UUID:\(text.uppercased())",
    ])
    func accepted(_ form: String) {
        #expect(ActorID(form)?.description == Self.text)
        #expect(SubscriptionID(form)?.description == Self.text)
        #expect(ActorID(form) == ActorID(Self.text))
    }

    @Test(arguments: [
        "", "x", "not-a-uuid", "550e8400-e29b-41d4-a716-44665544000",
        "550e8400-e29b-41d4-a716-4466554400000", "550e8400-e29b-41d4-a716-44665544000g",
        "550e8400+e29b-41d4-a716-446655440000", "{550e8400e29b41d4a716446655440000}",
        "{550e8400-e29b-41d4-a716-446655440000", "urn:uuid:550e8400e29b41d4a716446655440000",
        " 550e8400-e29b-41d4-a716-44665544000", "550e8400-e29b-41d4-a716-44665544000é",
        "550e-8400e29b-41d4-a716-446655440000", "５50e8400-e29b-41d4-a716-4466554400",
    ])
    func refused(_ form: String) {
        #expect(ActorID(form) == nil)
        #expect(SubscriptionID(form) == nil)
    }

    @Test func randomIdsAreVersion4() {
        var generator = SplitMix64(seed: 7)
        var seen: Set<ActorID> = []
        for _ in 0..<100 {
            let id = ActorID.random(using: &generator)
            let text = Array(id.description)
            #expect(text[14] == "4")
            #expect("89ab".contains(text[19]))
            #expect(ActorID(id.description) == id)
            seen.insert(id)
        }
        #expect(seen.count == 100)
        #expect(SubscriptionID(SubscriptionID.random(using: &generator).description) != nil)
    }
}
