import Glibc
import RemitGate

Platform.holdStreams()
Platform.ignoreBrokenPipes()
exit(HookCommand.run(Platform.world()))
