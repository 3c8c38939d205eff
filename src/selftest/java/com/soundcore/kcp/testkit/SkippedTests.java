package com.soundcore.kcp.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Prints at the end of a lane which tests were skipped, and why. JUnit finds it by its name. */
public final class SkippedTests implements TestExecutionListener {
  private final List<String> skipped = new CopyOnWriteArrayList<>();

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    skipped.add(line(test, reason));
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
      skipped.add(line(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason")));
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    System.out.print(text());
  }

  /** Returns the lines that it prints, each ended; empty where nothing ran. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append("Skipped: ").append(skipped.isEmpty() ? "no test" : skipped.size()).append('\n');
    skipped.forEach(line -> text.append("  ").append(line).append('\n'));
    return text.toString();
  }

  private static String line(TestIdentifier test, String reason) {
    String place =
        test.getSource()
            .map(
                source ->
                    source instanceof MethodSource method
                        ? method.getJavaClass().getSimpleName() + "." + method.getMethodName()
                        : source instanceof ClassSource one
                            ? one.getJavaClass().getSimpleName()
                            : source.toString())
            .orElse(test.getDisplayName());
    return place + ": " + reason.replaceFirst("^Assumption failed: ", "");
  }
}
