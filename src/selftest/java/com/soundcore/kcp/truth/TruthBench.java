package com.soundcore.kcp.truth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * Asks the suite about thousands of simulated systems whose truth is known, and prints how often it
 * is wrong.
 *
 * <p>Arguments, in any order: how many seeds for each question (1,000 where none is given); "fresh"
 * for seeds from the clock, in place of those from 1 on; words of the questions to be asked (all
 * where none are given). A question is answered well enough if the 95 % bound of its wrong answers
 * (Clopper and Pearson) is within what is allowed, or if none may be wrong and none was.
 */
public final class TruthBench {
  private static final int SEEDS = 1000;
  private static final int EXAMPLES = 3;
  private static final double CONFIDENCE = 0.95;

  private TruthBench() {}

  /** The exit code says whether every question was answered as it must be. */
  public static void main(String[] args) {
    int seeds = SEEDS;
    long first = 1;
    String words = "";
    for (String arg : args) {
      if (arg.equals("fresh")) {
        first = System.currentTimeMillis() * SEEDS;
      } else if (arg.matches("\\d+")) {
        seeds = Integer.parseInt(arg);
      } else {
        words = words.isEmpty() ? arg : words + " " + arg;
      }
    }
    String wanted = words;
    List<Question> asked =
        questions().stream().filter(question -> question.name().contains(wanted)).toList();
    boolean fine = !asked.isEmpty();
    System.out.printf("seeds %d to %d%n", first, first + seeds - 1);
    System.out.printf(
        "%-70s %8s %8s %10s %8s %8s%n", "question", "runs", "wrong", "at most", "allowed", "s");
    for (Question question : asked) {
      fine &= ask(question, seeds, first);
    }
    System.exit(fine ? 0 : 1);
  }

  static List<Question> questions() {
    return Stream.of(
            VerdictQuestions.all(),
            GateQuestions.all(),
            LevelQuestions.all(),
            SearchQuestions.all(),
            FindingQuestions.all(),
            GeneratorQuestions.all(),
            InjectorQuestions.all())
        .flatMap(List::stream)
        .toList();
  }

  private static boolean ask(Question question, int seeds, long first) {
    long start = System.nanoTime();
    List<Answer> answers = answers(question, seeds, first);
    List<String> wrong =
        answers.stream().filter(answer -> !answer.right()).map(Answer::what).toList();
    double upper =
        wrong.size() == seeds
            ? 1
            : BetaDistribution.of(wrong.size() + 1.0, seeds - wrong.size())
                .inverseCumulativeProbability(CONFIDENCE);
    boolean fine = question.mayBeWrong() == 0 ? wrong.isEmpty() : upper <= question.mayBeWrong();
    System.out.printf(
        Locale.ROOT,
        "%-70s %,8d %,8d %8.2f %% %6.1f %% %8.0f%s%n",
        question.name(),
        seeds,
        wrong.size(),
        upper * 100,
        question.mayBeWrong() * 100,
        (System.nanoTime() - start) / 1e9,
        fine ? "" : "   MISSED");
    wrong.stream()
        .limit(EXAMPLES)
        .forEach(
            what -> System.out.println("    " + what.substring(0, Math.min(700, what.length()))));
    return fine;
  }

  /** One for each seed, on all cores. */
  static List<Answer> answers(Question question, int seeds, long firstSeed) {
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    Path folder = temporary();
    try {
      List<Future<Answer>> futures = new ArrayList<>();
      for (int i = 0; i < seeds; i++) {
        long seed = firstSeed + i;
        Path mine = folder.resolve(String.valueOf(seed));
        futures.add(
            threads.submit(
                () -> {
                  try {
                    return question.asking().ask(seed, mine);
                  } finally {
                    delete(mine);
                  }
                }));
      }
      List<Answer> answers = new ArrayList<>();
      for (int i = 0; i < seeds; i++) {
        Answer answer = futures.get(i).get();
        answers.add(new Answer(answer.right(), "seed " + (firstSeed + i) + ": " + answer.what()));
      }
      return answers;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(question.name(), e);
    } finally {
      threads.shutdownNow();
      delete(folder);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("kcp-truth");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
