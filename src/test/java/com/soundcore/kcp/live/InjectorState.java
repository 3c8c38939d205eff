package com.soundcore.kcp.live;

import com.soundcore.kcp.live.calls.Figures;
import com.soundcore.kcp.live.calls.Recorder.Failure;
import com.soundcore.kcp.live.calls.Recorder.Interval;
import com.soundcore.kcp.run.GeneratorSample;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * The state of an injector up to a second, for the other injectors. It has the counts since the
 * start, so that an unread state loses nothing.
 *
 * @param injector from 0
 * @param second of its load, from 0
 * @param users that have started and not finished
 * @param plannedUsers 0 in the open model
 * @param inFlight requests in flight
 * @param shed calls that were due but not sent, so far
 * @param plannedRps current planned rates; the sum of its services under an empty name
 * @param calls since its start, by "service / operation"
 * @param generator its own health
 * @param failures the latest
 */
record InjectorState(
    int injector,
    int second,
    long users,
    double plannedUsers,
    int inFlight,
    long shed,
    Map<String, Double> plannedRps,
    Map<String, Calls> calls,
    GeneratorSample generator,
    List<Failure> failures) {

  /**
   * Calls of an operation.
   *
   * @param ok response times of correct answers, as a compressed histogram
   * @param failed response times of other answers
   */
  record Calls(long sent, long bytes, byte[] ok, byte[] failed) {
    static Calls of(Interval some) {
      return new Calls(some.sent(), some.bytes(), packed(some.ok()), packed(some.failed()));
    }

    private static byte[] packed(Histogram times) {
      ByteBuffer buffer = ByteBuffer.allocate(times.getNeededByteBufferCapacity());
      int length = times.encodeIntoCompressedByteBuffer(buffer);
      return Arrays.copyOf(buffer.array(), length);
    }

    Histogram okTimes() {
      return unpacked(ok);
    }

    Histogram failedTimes() {
      return unpacked(failed);
    }

    private static Histogram unpacked(byte[] times) {
      try {
        return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(times), 0);
      } catch (DataFormatException e) {
        throw new IllegalArgumentException("no histogram: " + e.getMessage(), e);
      }
    }
  }

  /**
   * @param calls all calls of this injector since its start
   */
  static InjectorState of(int injector, LiveSnapshot tick, List<Interval> calls) {
    Map<String, Double> planned = new LinkedHashMap<>();
    planned.put(Figures.ALL, tick.all().plannedRps());
    tick.services().forEach((service, flow) -> planned.put(service, flow.plannedRps()));
    Map<String, Calls> byOperation = new LinkedHashMap<>();
    calls.forEach(one -> byOperation.put(one.operation().fullName(), Calls.of(one)));
    return new InjectorState(
        injector,
        tick.second(),
        tick.users(),
        tick.plannedUsers(),
        tick.inFlight(),
        tick.shed(),
        planned,
        byOperation,
        tick.generator(),
        tick.failures());
  }
}
