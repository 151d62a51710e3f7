/// Why a whole `allowed_signers` file is refused.
///
/// OpenSSH skips a line that it cannot read and goes on; a slip of the pen would then quietly take a right away, or
/// leave one standing, so here one bad line is the end of the file.
package struct AllowedSignersError: Error, Hashable {
    package enum Code: Error, Hashable {
        case fileTooLong
        case tooManyLines
        case lineTooLong
        case byteOrderMark
        case controlCharacter
        case notUTF8
        case principals
        case noKey
        case certificateAuthority
        case unknownOption
        case repeatedOption
        case optionValue
        case noNamespaces
        case namespaces
        case time
        case timeNotUTC
        case emptyPeriod
        case key(SSHFormatError)
    }

    /// The line's number, from 1; `nil` when it is about the whole file.
    package let line: Int?
    package let code: Code

    package init(line: Int?, code: Code) {
        self.line = line
        self.code = code
    }

    package var reason: String {
        switch code {
        case .fileTooLong: "file is too long"
        case .tooManyLines: "file has too many lines"
        case .lineTooLong: "line is too long"
        case .byteOrderMark: "begins with a byte order mark"
        case .controlCharacter: "carriage return, nul or another control character"
        case .notUTF8: "not utf-8"
        case .principals: "principals are not a plain list of patterns"
        case .noKey: "no key after the principals"
        case .certificateAuthority: "cert-authority is not supported"
        case .unknownOption: "unknown option"
        case .repeatedOption: "option given twice"
        case .optionValue: "option value is not in double quotes"
        case .noNamespaces: "no namespaces= option"
        case .namespaces: "namespaces are not a list of patterns"
        case .time: "no such time"
        case .timeNotUTC: "time does not end in Z"
        case .emptyPeriod: "valid-before is not later than valid-after"
        case .key(let error): error.reason
        }
    }
}
