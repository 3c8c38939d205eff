@echo off
rem kcp --help lists the commands. Compiles with Maven where target\kcp.classpath is missing; delete it after a change of a source.
rem Needs Java 17 on the PATH; JAVA_OPTS are options of its JVM.
setlocal
set "home=%~dp0"
if not exist "%home%target\kcp.classpath" (
  pushd "%home%"
  call mvn -q test-compile exec:java@kcp "-Dexec.args=class-path target/kcp.classpath"
  popd
)
if not exist "%home%target\kcp.classpath" (
  echo INVALID: the suite could not be compiled; Maven says why above.
  exit /b 3
)
set /p classpath=<"%home%target\kcp.classpath"
rem A class path is longer than a line of a command may be.
> "%home%target\kcp.arguments" echo -cp "%home:\=/%conf;%classpath:\=/%"
java -Xmx1g -XX:+ExitOnOutOfMemoryError -XX:-HeapDumpOnOutOfMemoryError --add-opens=java.base/java.lang=ALL-UNNAMED %JAVA_OPTS% "@%home%target\kcp.arguments" com.soundcore.kcp.cli.Kcp %*
