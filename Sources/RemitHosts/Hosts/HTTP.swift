import RemitModel

/// A web server in front of `git http-backend`, which authenticates and sets `REMOTE_USER`.
///
/// Not `GIT_COMMITTER_NAME`: the back end puts the word `anonymous` there for an unknown pusher. Whatever begins with
/// `HTTP_` is a header that the client wrote.
extension Host {
    static let http = Host(pusherVariable: "REMOTE_USER")
}
