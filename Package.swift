// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// One test target per module, named after it.
func tests(of module: String, also dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(module)Tests",
        dependencies: [.init(stringLiteral: module)] + dependencies,
        swiftSettings: strict)
}

let package = Package(
    name: "theater-swift",
    products: [
        .library(name: "TheaterTesting", targets: ["TheaterTesting"]),
        .executable(name: "theater-test-server", targets: ["theater-test-server"]),
    ],
    targets: [
        // Layer 0
        .systemLibrary(name: "Clibuv", pkgConfig: "libuv", providers: [.apt(["libuv1-dev"])]),
        .target(name: "TheaterProtocol", swiftSettings: strict),
        .target(name: "CommandLineOptions", swiftSettings: strict),

        // Layer 1. Linked here because `-luv` otherwise needs the pkg-config program.
        .target(
            name: "CUVShim", dependencies: ["Clibuv"],
            linkerSettings: [.linkedLibrary("uv")]),
        .target(
            name: "TheaterStateMachine", dependencies: ["TheaterProtocol"],
            swiftSettings: strict),

        // Layer 2
        .target(name: "UVEventLoop", dependencies: ["CUVShim"], swiftSettings: strict),
        .target(
            name: "TheaterTesting", dependencies: ["UVEventLoop", "TheaterProtocol"],
            swiftSettings: strict),
        .executableTarget(
            name: "theater-test-server",
            dependencies: ["TheaterTesting", "TheaterProtocol", "CommandLineOptions"],
            swiftSettings: strict),

        // Tests
        tests(of: "UVEventLoop"),
        .testTarget(
            name: "TheaterProtocolTests", dependencies: ["TheaterProtocol"],
            resources: [.copy("Recordings")], swiftSettings: strict),
        tests(of: "TheaterStateMachine", also: ["TheaterProtocol"]),
        tests(of: "TheaterTesting", also: ["TheaterProtocol", "UVEventLoop"]),
        tests(of: "CommandLineOptions"),
    ],
    swiftLanguageModes: [.v6]
)
