import RemitFormats
import Testing

@Suite struct SSHReaderTests {
    @Test func `what is written is read back`() throws {
        var writer = SSHWriter()
        writer.append(uint32: 0x0102_FFFE)
        writer.append(string: "abc".utf8)
        writer.append(raw: [7])
        #expect(writer.bytes == [1, 2, 0xFF, 0xFE, 0, 0, 0, 3, 0x61, 0x62, 0x63, 7])
        var reader = SSHReader(writer.bytes)
        #expect(try reader.uint32() == 0x0102_FFFE)
        #expect(try reader.string().elementsEqual("abc".utf8))
        #expect(try reader.byte() == 7)
        try reader.finish()
    }

    @Test(
        arguments: [[], [0], [0, 0, 0], [0, 0, 0, 1], [0xFF, 0xFF, 0xFF, 0xFF, 1], [0, 0, 0, 3, 1, 2]] as [[UInt8]])
    func `a string that promises more than there is`(bytes: [UInt8]) {
        var reader = SSHReader(bytes)
        #expect(throws: SSHFormatError.truncated) { try reader.string() }
    }

    @Test(
        arguments: [
            ([1], [1]), ([0x7F, 0], [0x7F, 0]), ([0, 0x80], [0x80]), ([0, 0xFF, 1], [0xFF, 1]),
        ] as [([UInt8], [UInt8])])
    func `a positive integer in its shortest form`(body: [UInt8], magnitude: [UInt8]) throws {
        var reader = SSHReader([0, 0, 0, UInt8(body.count)] + body)
        #expect(try Array(reader.positiveInteger()) == magnitude)
    }

    @Test(arguments: [[], [0], [0, 0], [0, 1], [0, 0x7F], [0, 0, 0x80], [0x80], [0xFF, 1]] as [[UInt8]])
    func `zero, negative and padded integers are refused`(body: [UInt8]) {
        var reader = SSHReader([0, 0, 0, UInt8(body.count)] + body)
        #expect(throws: SSHFormatError.integer) { try reader.positiveInteger() }
    }

    @Test func `what is left over is refused`() {
        #expect(throws: SSHFormatError.trailingBytes) { try SSHReader([0]).finish() }
    }
}
