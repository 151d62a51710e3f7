import Glibc
import RemitApp

exit(await Remit.run(Array(CommandLine.arguments.dropFirst())))
