/// Git, processes and directories: whoever imports this has them too.
///
/// They are a module of their own for the sake of programs that are built for release, which need no more than those.
@_exported public import RemitTestGit
