import RemitModel

/// The alarm: somebody else holds more of the log than the ledger has, or another past of it.
///
/// It lies beside what is published, so that it outlasts the ledger being put back once more. As long as it is there,
/// nothing is decided, published or witnessed: an operator has to look.
extension LogDirectory {
    private static let alarm = "alarm"
    /// The longest alarm that is shown, in bytes.
    private static let maximumAlarmByteCount = 4096

    package var alarmPath: String { "\(path)/\(Self.alarm)" }

    /// What the alarm says; `nil` where none stands.
    ///
    /// One that cannot be read is an error, and so stops everything as well.
    package func standingAlarm() throws(LedgerError) -> String? {
        guard let bytes = try read(Self.alarm, limit: Self.maximumAlarmByteCount) else { return nil }
        return String(decoding: bytes.last == 0x0A ? bytes.dropLast() : bytes, as: UTF8.self)
    }

    package func requireNoAlarm() throws(LedgerError) {
        if let words = try standingAlarm() { throw LedgerError(.alarm, words) }
    }

    /// Raises it, durably; one that stands already says enough.
    ///
    /// Without waiting for whoever publishes: an alarm must not fail for that.
    package func raiseAlarm(_ words: String) throws(LedgerError) {
        guard try read(Self.alarm, limit: Self.maximumAlarmByteCount) == nil else { return }
        try write(Array((words + "\n").utf8).suffix(Self.maximumAlarmByteCount), to: Self.alarm)
    }

    /// Takes it away, when an operator has looked.
    package func clearAlarm() throws(LedgerError) { try remove(Self.alarm) }
}
