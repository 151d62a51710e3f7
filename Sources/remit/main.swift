import Glibc
import RemitApp

exit(Remit.run(Array(CommandLine.arguments.dropFirst())))
