import Testing

@testable import TheaterProtocol

/// Manifests and metrics as typed views.
@Suite struct ActorViewTests {
    private static let manifests: [(ServerEra, String, String, [String])] = [
        (ServerEra.june2025, "prober", "actors/prober.wasm", ["runtime", "message-server"]),
        (.january2026, "prober", "actors/prober.wasm", ["runtime", "message-server"]),
        (.july2026, "counter", "actors/state_test_actor.wasm", ["runtime"]),
    ]

    @Test(arguments: manifests)
    func recordedManifests(
        _ era: ServerEra, _ name: String, _ package: String, _ handlers: [String]
    ) throws {
        var count = 0
        for message in try Recording.messages(of: era) {
            guard case .actorManifest(_, let json) = message else { continue }
            let manifest = try Manifest(json)
            #expect(manifest.name == name)
            #expect(manifest.version == "0.1.0")
            #expect(manifest.package == package)
            #expect(manifest.handlers.map(\.type) == handlers)
            #expect(manifest.handlers.allSatisfy { $0.configuration.members.isEmpty })
            #expect(manifest.otherMembers.members.isEmpty)
            #expect((manifest.permissionPolicy != nil) == (era == .june2025))
            #expect(manifest.isPackageStatic == (era == .july2026 ? false : nil))
            #expect(JSONValue.object(manifest.json) == json)
            count += 1
        }
        #expect(count > 0)
    }

    @Test func everyKeyOfAManifest() throws {
        let old = try Manifest([
            "name": "n", "component_path": "c", "short_description": "s", "init_state": "{}",
            "save_chain": true, "long_description": "l", "later": 1,
            "handlers": [["type": "tcp", "config": ["listen": "x"]], ["config": [:]], 7],
        ])
        #expect(old.package == "c")
        #expect(old.summary == "s")
        #expect(old.longDescription == "l")
        #expect(old.initialState == "{}")
        #expect(old.savesChain == true)
        #expect(old.version == nil)
        #expect(old.otherMembers == ["later": 1])
        #expect(old.handlers.map(\.configuration) == [["listen": "x"]])
        let new = try Manifest([
            "name": "n", "package": "p", "description": nil, "initial_state": "i",
            "handler": [["type": "tcp", "listen": "x"]],
        ])
        #expect(new.package == "p")
        #expect(new.summary == nil)
        #expect(new.initialState == "i")
        #expect(new.handlers.map(\.configuration) == [["listen": "x"]])
        for json in [JSONValue.null, [:], ["name": 7], []] {
            let fault = #expect(throws: WireError.self) { try Manifest(json) }
            #expect(fault?.reason == .invalidMessage)
        }
    }

    @Test(arguments: ServerEra.allCases)
    func recordedMetrics(_ era: ServerEra) throws {
        var count = 0
        for message in try Recording.messages(of: era) {
            guard case .actorMetrics(_, let json) = message else { continue }
            let metrics = try ActorMetrics(json)
            #expect(metrics.startTimeSeconds > 1_795_000_000)
            #expect(metrics.operations.failed == 0)
            #expect((metrics.operations.shortest == nil) == (metrics.operations.total == 0))
            #expect((metrics.lastUpdateSeconds == nil) == (metrics.operations.total == 0))
            #expect(metrics.resources.memoryBytes == 0)
            #expect(JSONValue.object(metrics.json) == json)
            count += 1
        }
        #expect(count > 0)
    }

    @Test func metricsAreExact() throws {
        var json: JSONObject = [
            "operation_metrics": [
                "total_operations": .unsigned(.max), "failed_operations": 1,
                "total_processing_time": .unsigned(.max), "max_processing_time": 644_131,
                "min_processing_time": nil,
            ],
            "resource_metrics": [
                "memory_usage": 1, "operation_queue_size": 2, "peak_memory_usage": 3,
                "peak_queue_size": 4,
            ],
            "last_update": nil, "uptime_secs": 5, "start_time": 6, "later": [1],
        ]
        let metrics = try ActorMetrics(.object(json))
        #expect(metrics.operations.total == .max)
        #expect(
            metrics.operations.totalTime
                == Duration(
                    secondsComponent: 18_446_744_073, attosecondsComponent: 709_551_615_000_000_000)
        )
        #expect(metrics.operations.longest == .nanoseconds(644_131))
        #expect(metrics.operations.shortest == nil)
        #expect(metrics.resources.peakQueuedOperations == 4)
        #expect(metrics.resources.queuedOperations == 2)
        #expect(metrics.resources.peakMemoryBytes == 3)
        #expect(metrics.uptimeSeconds == 5)
        #expect(metrics.json["later"] == [1])
        json["uptime_secs"] = -1
        #expect(throws: WireError.self) { try ActorMetrics(.object(json)) }
        json["uptime_secs"] = nil
        #expect(throws: WireError.self) { try ActorMetrics(.object(json)) }
        #expect(throws: WireError.self) { try ActorMetrics(nil) }
    }
}
