package com.soundcore.kcp.workload;

import com.soundcore.kcp.config.services.Feeder;
import java.util.List;
import java.util.function.Supplier;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.DiscreteSampler;
import org.apache.commons.rng.sampling.distribution.DiscreteUniformSampler;
import org.apache.commons.rng.sampling.distribution.RejectionInversionZipfSampler;

/**
 * Sources of values. They are not thread-safe: a feeder draws under its own lock.
 *
 * <p>With a skew, popularity follows Zipf's law: the value of rank k is drawn in proportion to
 * 1/k^skew.
 */
final class Values {
  private Values() {}

  static Supplier<Value> of(
      Feeder.Value source, String service, Catalog catalog, UniformRandomProvider random) {
    if (source instanceof Feeder.Range range) {
      int count = range.to() - range.from() + 1;
      DiscreteSampler rank = ranks(count, range.skew(), random);
      return () -> Value.of(range.from() + rank.sample());
    }
    if (source instanceof Feeder.Texts texts) {
      return oneOf(texts.texts(), texts.skew(), random);
    }
    Feeder.Ids ids = (Feeder.Ids) source;
    return new Supplier<>() {
      private Supplier<Value> found;

      @Override
      public Value get() {
        if (found == null) {
          // The IDs exist only after the preflight has read them.
          found = oneOf(catalog.ids(service, ids.collection()), ids.skew(), random);
        }
        return found.get();
      }
    };
  }

  private static Supplier<Value> oneOf(
      List<String> texts, double skew, UniformRandomProvider random) {
    List<Value> values = texts.stream().map(Value::of).toList();
    DiscreteSampler rank = ranks(values.size(), skew, random);
    return () -> values.get(rank.sample());
  }

  private static DiscreteSampler ranks(int count, double skew, UniformRandomProvider random) {
    if (skew == 0) {
      return DiscreteUniformSampler.of(random, 0, count - 1);
    }
    DiscreteSampler fromOne = RejectionInversionZipfSampler.of(random, count, skew);
    return () -> fromOne.sample() - 1;
  }
}
