// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Behind its trait: not even resolved while that is off.
let logging = Target.Dependency.product(
    name: "Logging", package: "swift-log", condition: .when(traits: ["LoggingSupport"]))

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
        .library(name: "Theater", targets: ["Theater"]),
        .library(name: "TheaterMCP", targets: ["TheaterMCP"]),
        .library(name: "TheaterTesting", targets: ["TheaterTesting"]),
        .executable(name: "theater-mcp-server", targets: ["theater-mcp-server"]),
        .executable(name: "theater-test-server", targets: ["theater-test-server"]),
    ],
    traits: [
        .trait(name: "LoggingSupport", description: "An observer that reports to swift-log.")
    ],
    dependencies: [
        // Resolved only when its trait is on: the default build fetches nothing.
        .package(url: "https://github.com/apple/swift-log.git", from: "1.6.0")
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

        // Layer 3
        .target(
            name: "Theater",
            dependencies: ["UVEventLoop", "TheaterStateMachine", "TheaterProtocol", logging],
            swiftSettings: strict),
        .target(
            name: "TheaterTesting", dependencies: ["UVEventLoop", "TheaterProtocol"],
            swiftSettings: strict),

        // Layer 4
        .target(
            name: "TheaterMCP", dependencies: ["Theater", "UVEventLoop", "TheaterProtocol"],
            swiftSettings: strict),

        // Layer 5
        .executableTarget(
            name: "theater-mcp-server",
            dependencies: ["TheaterMCP", "Theater", "TheaterTesting", "CommandLineOptions"],
            swiftSettings: strict),
        .executableTarget(
            name: "theater-test-server",
            dependencies: ["TheaterTesting", "TheaterProtocol", "CommandLineOptions"],
            swiftSettings: strict),
        .executableTarget(
            name: "quickstart",
            dependencies: ["Theater", "TheaterTesting", "CommandLineOptions"],
            path: "Examples/quickstart", swiftSettings: strict),
        .executableTarget(
            name: "tail-events",
            dependencies: ["Theater", "TheaterTesting", "CommandLineOptions"],
            path: "Examples/tail-events", swiftSettings: strict),
        .executableTarget(
            name: "watch-actors",
            dependencies: ["Theater", "TheaterTesting", "CommandLineOptions"],
            path: "Examples/watch-actors", swiftSettings: strict),
        .executableTarget(
            name: "wiretap",
            dependencies: ["TheaterProtocol", "UVEventLoop", "CommandLineOptions"],
            path: "Examples/wiretap", swiftSettings: strict),
        .executableTarget(
            name: "theater-bench",
            dependencies: [
                "Theater", "TheaterTesting", "CommandLineOptions", "CBaselineClient",
                // Its process is what is measured against; `swift run` then builds it too.
                "theater-test-server",
            ],
            path: "Examples/theater-bench", swiftSettings: strict),
        .target(
            name: "CBaselineClient", dependencies: ["Clibuv"],
            path: "Examples/theater-bench-baseline", linkerSettings: [.linkedLibrary("uv")]),

        // Tests
        tests(of: "UVEventLoop"),
        .testTarget(
            name: "TheaterProtocolTests", dependencies: ["TheaterProtocol"],
            resources: [.copy("Recordings")], swiftSettings: strict),
        tests(of: "TheaterStateMachine", also: ["TheaterProtocol"]),
        tests(
            of: "Theater",
            also: [
                "TheaterTesting", "TheaterProtocol", "TheaterStateMachine", "UVEventLoop", logging,
            ]),
        tests(of: "TheaterTesting", also: ["TheaterProtocol", "UVEventLoop"]),
        .testTarget(
            name: "TheaterMCPTests",
            dependencies: ["TheaterMCP", "Theater", "TheaterTesting", "TheaterProtocol"],
            exclude: ["host.py"], swiftSettings: strict),
        tests(of: "CommandLineOptions"),
        .testTarget(
            name: "ExampleTests",
            // Built before them; they are run as processes.
            dependencies: [
                "quickstart", "tail-events", "watch-actors", "wiretap", "theater-bench",
                "theater-test-server", "theater-mcp-server",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "WiretapTests",
            dependencies: [
                "wiretap", "Theater", "TheaterTesting", "TheaterProtocol", "CommandLineOptions",
            ],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
