package import RemitModel

/// What git and Remit say differently about one place: enough to see it again.
package struct Disagreement: Sendable, CustomStringConvertible {
    /// What was asked, such as `changes`.
    package let question: String
    package let commit: ObjectID
    package var parent: ObjectID?
    package var path: ByteString?
    package let git: String
    package let remit: String
    /// The history that it is in, and in how many threads it was read.
    package var place = ""

    package var description: String {
        var text = "\(place): \(question) of \(commit)"
        if let parent { text += " against \(parent)" }
        if let path { text += " at '\(path.debugDescription)'" }
        return "\(text): git says \(git), Remit says \(remit)"
    }
}
