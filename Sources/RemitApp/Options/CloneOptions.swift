import ArgumentParser

/// Where the authority is that a command changes, and whether the change is pushed.
struct CloneOptions: ParsableArguments {
    @OptionGroup var place: AuthorityOptions

    @Flag(help: "Keep the change in the clone. Without it, it is pushed to the upstream of the clone's branch.")
    var noPush = false

    /// A clone of the authority, to write in.
    func clone() throws(AppError) -> AuthorityClone {
        try AuthorityClone(place.located(), pushing: !noPush)
    }
}
