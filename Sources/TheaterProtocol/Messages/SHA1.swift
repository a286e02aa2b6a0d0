/// SHA-1 (FIPS 180-4), which the event chain is made of; not for security.
enum SHA1 {
    /// The 20 bytes of the digest.
    static func digest(of message: [UInt8]) -> [UInt8] {
        var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
        var schedule = [UInt32](repeating: 0, count: 80)
        var start = 0
        while start + 64 <= message.count {
            mix(message[start..<start + 64], into: &state, schedule: &schedule)
            start += 64
        }
        var rest = Array(message[start...])
        rest.append(0x80)
        while rest.count % 64 != 56 {
            rest.append(0)
        }
        rest.append(contentsOf: bigEndianBytes(of: UInt64(message.count) * 8))
        for start in stride(from: 0, to: rest.count, by: 64) {
            mix(rest[start..<start + 64], into: &state, schedule: &schedule)
        }
        return state.flatMap(bigEndianBytes(of:))
    }

    private static func bigEndianBytes(of value: some FixedWidthInteger) -> [UInt8] {
        stride(from: value.bitWidth - 8, through: 0, by: -8).map {
            UInt8(truncatingIfNeeded: value >> $0)
        }
    }

    /// One block of 64 bytes.
    private static func mix(
        _ block: ArraySlice<UInt8>, into state: inout [UInt32], schedule w: inout [UInt32]
    ) {
        var index = block.startIndex
        for t in 0..<16 {
            w[t] =
                UInt32(block[index]) << 24 | UInt32(block[index + 1]) << 16
                | UInt32(block[index + 2]) << 8 | UInt32(block[index + 3])
            index += 4
        }
        for t in 16..<80 {
            w[t] = rotate(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], by: 1)
        }
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        for t in 0..<80 {
            let (f, k): (UInt32, UInt32) =
                switch t {
                case 0..<20: (b & c | ~b & d, 0x5A82_7999)
                case 20..<40: (b ^ c ^ d, 0x6ED9_EBA1)
                case 40..<60: (b & c | b & d | c & d, 0x8F1B_BCDC)
                default: (b ^ c ^ d, 0xCA62_C1D6)
                }
            let sum = rotate(a, by: 5) &+ f &+ e &+ k &+ w[t]
            (a, b, c, d, e) = (sum, a, rotate(b, by: 30), c, d)
        }
        state[0] &+= a
        state[1] &+= b
        state[2] &+= c
        state[3] &+= d
        state[4] &+= e
    }

    private static func rotate(_ word: UInt32, by count: UInt32) -> UInt32 {
        word << count | word >> (32 - count)
    }
}
