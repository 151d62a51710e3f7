import RemitFormats
import RemitReport

/// Reads a written record with the strict reader and requires that it says what was meant.
///
/// What servers would refuse, or read differently, is never signed.
enum ReadBack {
    static func require<Record: Equatable>(
        _ meant: Record, _ read: () throws(RecordError) -> Record
    ) throws(AppError) {
        let found: Record
        do throws(RecordError) {
            found = try read()
        } catch {
            let key = error.key.map { "'\($0)' " } ?? ""
            throw AppError("the record cannot be written: \(key)\(error.fault)", status: .usage)
        }
        guard found == meant else {
            throw AppError("the record would not be read as it was meant", status: .undecided)
        }
    }
}
