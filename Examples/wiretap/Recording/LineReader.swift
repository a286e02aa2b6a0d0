import Glibc

/// The lines of a file, read in pieces.
struct LineReader {
    /// Far more than the longest line of a recording.
    static let lineBytesMax = 4 << 20
    private static let pieceBytes = 1 << 16

    enum Failure: Error, CustomStringConvertible {
        case file(FileError)
        case lineTooLong(number: Int)

        var description: String {
            switch self {
            case .file(let error): error.description
            case .lineTooLong(let number):
                "line \(number) is longer than \(LineReader.lineBytesMax) bytes"
            }
        }
    }

    /// Number of the line that `next` returned last, from 1.
    private(set) var lineNumber = 0
    private let path: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var head = 0
    private var hasEnded = false

    init(path: String) throws(Failure) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .file(FileError(path: path, code: errno)) }
    }

    /// The next line without its newline, nil at the end.
    mutating func next() throws(Failure) -> [UInt8]? {
        var scanned = head
        while true {
            if let newline = buffer[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { head = newline + 1 }
                lineNumber += 1
                return Array(buffer[head..<newline])
            }
            guard buffer.count - head <= Self.lineBytesMax else {
                throw .lineTooLong(number: lineNumber + 1)
            }
            if hasEnded { return takeLastLine() }
            buffer.removeSubrange(..<head)
            head = 0
            scanned = buffer.count
            try readPiece()
        }
    }

    private mutating func takeLastLine() -> [UInt8]? {
        guard head < buffer.count else { return nil }
        defer { head = buffer.count }
        lineNumber += 1
        return Array(buffer[head...])
    }

    private mutating func readPiece() throws(Failure) {
        var piece = [UInt8](repeating: 0, count: Self.pieceBytes)
        let count = piece.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        if count > 0 {
            buffer += piece.prefix(count)
        } else if count == 0 {
            hasEnded = true
        } else if errno != EINTR {
            throw .file(FileError(path: path, code: errno))
        }
    }

    /// The file is not needed any more.
    func close() {
        _ = Glibc.close(descriptor)
    }
}
