import RemitFormats
import Testing

@Suite struct JSONValueTests {
    static let values: [(text: String, value: JSONValue)] = [
        ("null", .null), (" true\n", .flag(true)), ("false", .flag(false)), ("-17", .number(-17)), ("0", .number(0)),
        (#""a\"\\\/\b\f\n\r\t""#, .text("a\"\\/\u{8}\u{C}\n\r\t")), (#""\u00e4\ud834\udd1e""#, .text("ä𝄞")),
        ("[]", .list([])), ("[1, [2]]", .list([.number(1), .list([.number(2)])])), ("{}", .object([:])),
        (#"{"a":1,"b":{"a":null}}"#, .object(["a": .number(1), "b": .object(["a": .null])])),
    ]

    @Test(arguments: values.indices)
    func `values are read`(row: Int) throws {
        #expect(try JSONValue(Array(Self.values[row].text.utf8)) == Self.values[row].value)
    }

    static let faults: [(text: String, fault: String)] = [
        ("", "ends before its value"), ("[1", "lacks ',' or ']' after an element"),
        ("[1,]", "holds something other than a string, a whole number or a word"),
        ("{\"a\":1,}", "lacks the name of a member"), ("{\"a\" 1}", "lacks ':' after the name of a member"),
        ("{\"a\":1 \"b\":2}", "lacks ',' or '}' after a member"), ("{\"a\":1,\"a\":2}", "has a member twice"),
        (#"{"a":1,"\u0061":2}"#, "has a member twice"), ("1 2", "has more after its value"),
        ("1.0", "holds something other than a string, a whole number or a word"),
        ("1e2", "holds something other than a string, a whole number or a word"),
        ("01", "holds something other than a string, a whole number or a word"),
        ("-0", "holds something other than a string, a whole number or a word"),
        ("9223372036854775808", "holds something other than a string, a whole number or a word"),
        ("NaN", "holds something other than a string, a whole number or a word"),
        ("nul", "holds a word that is not JSON"), ("\"a", "ends inside a string"), ("\"\\", "ends inside a string"),
        ("\"\n\"", "has a control character in a string"), (#""\x""#, "has an escape that JSON does not know"),
        (#""\u12"#, "ends inside an escape"), (#""\u12g4""#, "has an escape without four hexadecimal digits"),
        (#""\ud800""#, "has half a surrogate pair"), (#""\udc00""#, "has half a surrogate pair"),
        (#""\ud800\u0041""#, "has half a surrogate pair"),
        (String(repeating: "[", count: 17), "is nested too deeply"),
    ]

    @Test(arguments: faults.indices)
    func `everything else is refused`(row: Int) {
        let error = #expect(throws: JSONError.self) { try JSONValue(Array(Self.faults[row].text.utf8)) }
        #expect(error?.fault == Self.faults[row].fault)
    }

    @Test func `bytes that are not UTF-8 are refused, and so is what is too long`() {
        #expect(throws: JSONError.self) { try JSONValue([0x22, 0xFF, 0x22]) }
        let long = [UInt8](repeating: 0x20, count: JSONValue.maximumByteCount + 1)
        #expect(throws: JSONError(offset: JSONValue.maximumByteCount, fault: "is longer than 4194304 bytes")) {
            try JSONValue(long)
        }
        let deep = String(repeating: "[", count: 16) + String(repeating: "]", count: 16)
        #expect(throws: Never.self) { try JSONValue(Array(deep.utf8)) }
    }

    @Test(arguments: ["0.95", "-0", "1e2", "-1.5E+10", "9223372036854775808", "0e-0"])
    func `numbers of every kind are read where they are asked for, and nowhere else`(text: String) throws {
        #expect(try JSONValue(Array("[\(text),1]".utf8), decimals: true) == .list([.decimal(text), .number(1)]))
        #expect(throws: JSONError.self) { try JSONValue(Array(text.utf8)) }
    }

    @Test(arguments: ["01", "1.", ".5", "+1", "1e", "--1", "1.5.5", "-"])
    func `a number that JSON does not know is none`(text: String) {
        #expect(
            throws: JSONError(offset: 0, fault: "holds something other than a string, a number or a word")
        ) { try JSONValue(Array(text.utf8), decimals: true) }
    }
}
