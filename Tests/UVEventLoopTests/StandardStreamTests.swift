import Glibc
import Testing
import UVEventLoop

@Suite(.timeLimit(.minutes(1)))
struct StandardStreamTests {
    @Test func aPipeIsReadToItsEnd() async throws {
        let (readEnd, writeEnd) = try Descriptors.pipe()
        try await withLoop { actor in
            let input = Probe()
            input.stream = try LoopStream.standardInput(
                on: actor.loop, descriptor: readEnd, delegate: input)
            #expect(input.events.isEmpty)
            try Descriptors.writeAll(Array("line\n".utf8), to: writeEnd)
            await input.wait { $0.text == "line\n" }
            close(writeEnd)
            await input.wait { $0.isClosed }
            #expect(input.closeReason == .endOfStream)
        }
    }

    @Test func writesToAPipeArriveInOrder() async throws {
        let (readEnd, writeEnd) = try Descriptors.pipe()
        try await withLoop { actor in
            let input = Probe()
            input.stream = try LoopStream.standardInput(
                on: actor.loop, descriptor: readEnd, delegate: input)
            let output = Probe()
            output.stream = try LoopStream.standardOutput(
                on: actor.loop, descriptor: writeEnd, delegate: output)
            let sent = StreamTests.pattern(1_000_000)
            for token in 0..<10 {
                let part = sent[(token * 100_000)..<((token + 1) * 100_000)]
                output.stream?.write(Array(part), token: UInt64(token))
            }
            output.stream?.closeAfterWrites()
            await output.wait { $0.isClosed }
            await input.wait { $0.isClosed }
            #expect(input.received == sent)
            #expect(output.completions == Array(0..<10))
            #expect(output.closeReason == .closedLocally)
        }
    }

    @Test func aPipeNobodyReadsFailsWithoutASignal() async throws {
        let (readEnd, writeEnd) = try Descriptors.pipe()
        close(readEnd)
        try await withLoop { actor in
            let output = Probe()
            output.stream = try LoopStream.standardOutput(
                on: actor.loop, descriptor: writeEnd, delegate: output)
            output.write("a", token: 1)
            output.write("b", token: 2)
            await output.wait { $0.isClosed }
            #expect(output.completions == [-1, -2])
            #expect(output.errorName == "EPIPE")
        }
    }

    @Test func aRegularFileIsWrittenInOrder() async throws {
        let (path, descriptor) = try Descriptors.temporaryFile()
        defer { unlink(path) }
        try await withLoop { actor in
            let output = Probe()
            output.stream = try LoopStream.standardOutput(
                on: actor.loop, descriptor: descriptor, delegate: output)
            for token in 1...200 { output.write("\(token)\n", token: UInt64(token)) }
            output.stream?.write([UInt8](), token: 201)
            #expect((output.stream?.unsentByteCount ?? 0) > 0)
            #expect(output.events.isEmpty)
            output.stream?.closeAfterWrites()
            await output.wait { $0.isClosed }
            #expect(output.completions == Array(1...201))
            let expected = (1...200).map { "\($0)\n" }.joined()
            #expect(try Descriptors.contents(of: path) == Array(expected.utf8))
        }
    }

    @Test func aRegularFileIsReadToItsEnd() async throws {
        let (path, descriptor) = try Descriptors.temporaryFile()
        defer { unlink(path) }
        let sent = StreamTests.pattern(300_000)
        try Descriptors.writeAll(sent, to: descriptor)
        close(descriptor)
        let reopened = try Descriptors.open(path, O_RDONLY)
        try await withLoop { actor in
            let input = Probe()
            input.whenRead = { stream, _ in
                stream.pauseReading()
                stream.resumeReading()
            }
            input.stream = try LoopStream.standardInput(
                on: actor.loop, descriptor: reopened, delegate: input)
            await input.wait { $0.isClosed }
            #expect(input.received == sent)
            #expect(input.closeReason == .endOfStream)
        }
    }

    @Test func aPausedFileHoldsWhatWasReadMeanwhile() async throws {
        let (path, descriptor) = try Descriptors.temporaryFile()
        defer { unlink(path) }
        try Descriptors.writeAll(Array("held".utf8), to: descriptor)
        lseek(descriptor, 0, SEEK_SET)
        try await withLoop { actor in
            let input = Probe()
            input.stream = try LoopStream.standardInput(
                on: actor.loop, descriptor: descriptor, delegate: input)
            input.stream?.pauseReading()
            // The request ends meanwhile: it is the only one there is.
            while await actor.loop.liveCounts.requests > 0 { await actor.turn() }
            #expect(input.events.isEmpty)
            input.stream?.resumeReading()
            #expect(input.events.isEmpty)
            await input.wait { $0.isClosed }
            #expect(input.text == "held")
        }
    }

    @Test func closingAFileEndsItsWritesFirst() async throws {
        let (path, descriptor) = try Descriptors.temporaryFile()
        defer { unlink(path) }
        try await withLoop { actor in
            let output = Probe()
            output.stream = try LoopStream.standardOutput(
                on: actor.loop, descriptor: descriptor, delegate: output)
            for token in 1...5 { output.write("\(token)", token: UInt64(token)) }
            output.stream?.close()
            output.write("late", token: 6)
            await output.wait { $0.isClosed }
            // The one under way may have reached the file; the others have not.
            #expect(output.completions.map(abs) == [1, 2, 3, 4, 5, 6])
            #expect(output.completions.dropFirst() == [-2, -3, -4, -5, -6])
            let written = try Descriptors.contents(of: path)
            #expect(written == (output.completions[0] == 1 ? Array("1".utf8) : []))
        }
    }

    @Test func aFileThatCannotBeWrittenFails() async throws {
        let descriptor = try Descriptors.open("/dev/full", O_WRONLY)
        try await withLoop { actor in
            let output = Probe()
            output.stream = try LoopStream.standardOutput(
                on: actor.loop, descriptor: descriptor, delegate: output)
            output.write("a", token: 1)
            output.write("b", token: 2)
            await output.wait { $0.isClosed }
            #expect(output.completions == [-1, -2])
            #expect(output.errorName == "ENOSPC")
        }
    }

    @Test func devNullEndsAtOnce() async throws {
        let descriptor = try Descriptors.open("/dev/null", O_RDWR)
        let second = try Descriptors.open("/dev/null", O_RDWR)
        try await withLoop { actor in
            let input = Probe()
            input.stream = try LoopStream.standardInput(
                on: actor.loop, descriptor: descriptor, delegate: input)
            let output = Probe()
            output.stream = try LoopStream.standardOutput(
                on: actor.loop, descriptor: second, delegate: output)
            output.write("gone", token: 1)
            await input.wait { $0.isClosed }
            #expect(input.events == [.closed(.endOfStream)])
            await output.wait { $0.completions == [1] }
        }
    }

    @Test func aTerminalIsReadAndWritten() async throws {
        let (leader, follower) = try Descriptors.terminal()
        defer {
            close(leader)
            close(follower)
        }
        try await withLoop { actor in
            let input = Probe()
            input.stream = try LoopStream.standardInput(
                on: actor.loop, descriptor: follower, delegate: input)
            let output = Probe()
            output.stream = try LoopStream.standardOutput(
                on: actor.loop, descriptor: follower, delegate: output)
            try Descriptors.writeAll(Array("typed\n".utf8), to: leader)
            await input.wait { $0.text == "typed\n" }
            output.write("shown", token: 1)
            await output.wait { $0.completions == [1] }
            input.stream?.close()
            output.stream?.closeAfterWrites()
            await output.wait { $0.isClosed }
        }
    }

    @Test func whatIsNoStreamIsAnError() async throws {
        let directory = try Descriptors.open("/tmp", O_RDONLY)
        defer { close(directory) }
        try await withLoop { actor in
            for (descriptor, name) in [(directory, "EINVAL"), (-1, "EBADF")] {
                let error = #expect(throws: UVError.self) {
                    try LoopStream.standardInput(
                        on: actor.loop, descriptor: descriptor, delegate: Probe())
                }
                #expect(error?.name == name)
            }
        }
    }
}
