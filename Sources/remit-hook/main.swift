import Glibc
import RemitGate

Platform.ignoreBrokenPipes()
exit(HookCommand.run(Platform.world()))
