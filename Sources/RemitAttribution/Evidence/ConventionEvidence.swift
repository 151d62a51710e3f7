import RemitFormats
import RemitModel

/// Conventions: lines by which projects have contributors declare an agent.
///
/// - Linux, Fedora, LLVM and others: `Assisted-by: AGENT_NAME:MODEL_VERSION [TOOL1] [TOOL2]`. Its tools may be analysers
///   that are no agents (coccinelle, sparse), so a value that names no known agent is an assistant's declaration.
/// - The ASF: `Generated-by: …`, which pull request templates put in the middle of the message.
/// - How it is matched: the key as any keyed line; the value begins with the agent's name, or holds it as a word where
///   the convention leaves its form open. In `<model> via <tool>` the tool made the commit, whoever made its model; where the catalogue
///   knows no such tool, the whole value counts.
/// - How sure: strong, since a person writes the line. Weak where the value holds an address that is a person's: `Claude`
///   is a given name too.
/// - What it misses: agents that the catalogue does not list are declared, but not named.
///
/// Source: the kernel's Documentation/process/coding-assistants.rst; the ASF's guidance on generative tooling.
struct Convention {
    /// The part of the value that names the tool.
    let tool: ArraySlice<UInt8>
    /// Whether that is only a part of it.
    let hasVia: Bool
    /// Whether the value names a person by an address.
    let isPersons: Bool

    /// `nil` for a key that is no convention's.
    init?(_ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>, _ catalogue: MarkCatalogue) {
        let isAssisted = Pattern.exact("assisted-by").matches(key)
        guard isAssisted || Pattern.exact("generated-by").matches(key) else { return nil }
        let person = CoAuthor(value)
        // In brackets: the version of a model can hold an `@` as well.
        isPersons =
            !person.isOpen && person.email.contains(UInt8(ascii: "@")) && !catalogue.lists(email: person.email)
            && !Self.robotic.contains { $0.matches(person.email) }
        let via = " via "
        if isAssisted, let start = value.indices.last(where: { value.folds(via, at: $0) }) {
            tool = value[(start + via.utf8.count)...].trimmingBlanks()
            hasVia = true
        } else {
            tool = value
            hasVia = false
        }
    }

    /// Mailboxes in which no person reads.
    private static let robotic: [Pattern] = [.prefix("noreply@"), .prefix("no-reply@")]
}
