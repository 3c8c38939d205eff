package com.soundcore.kcp.truth;

import com.soundcore.kcp.truth.MemoryModel.Leak;
import com.soundcore.kcp.truth.MemoryModel.Part;
import com.soundcore.kcp.truth.MemoryModel.Rows;
import com.soundcore.kcp.truth.MemoryModel.Sawtooth;
import com.soundcore.kcp.truth.MemoryModel.Wander;
import com.soundcore.kcp.truth.MemoryModel.Warming;
import java.util.ArrayList;
import java.util.List;

/** The memory of a service while it lives. */
final class ProcessMemory {
  // What collections leave behind of a JVM that has done nothing yet.
  static final double OLD_SHARE = 0.3;

  private final MemoryModel model;
  private final List<Autoregression> noises = new ArrayList<>();
  private double bornAt;

  ProcessMemory(MemoryModel model, Draws draws) {
    this.model = model;
    for (Part part : model.parts()) {
      if (part instanceof Wander wander) {
        noises.add(new Autoregression(wander.rho(), wander.bytes(), draws));
      }
    }
  }

  void startsAnew(double second) {
    bornAt = second;
  }

  /** Another second's ups and downs. */
  void wander() {
    noises.forEach(Autoregression::next);
  }

  double bytes(double second, long calls, long created) {
    double bytes = model.baseBytes() + stays(second, calls, created);
    for (Part part : model.parts()) {
      if (part instanceof Sawtooth tooth) {
        double periods = second / tooth.periodSeconds();
        bytes += tooth.bytes() * (periods - Math.floor(periods));
      }
    }
    for (Autoregression noise : noises) {
      bytes += noise.value();
    }
    return bytes;
  }

  double oldGeneration(double second, long calls, long created) {
    return model.baseBytes() * OLD_SHARE + stays(second, calls, created);
  }

  /** What no collection takes away. */
  private double stays(double second, long calls, long created) {
    double bytes = 0;
    for (Part part : model.parts()) {
      if (part instanceof Leak leak) {
        bytes += leak.bytesPerCall() * calls;
      } else if (part instanceof Warming warming) {
        bytes += warming.bytes() * (1 - Math.exp(-(second - bornAt) / warming.tauSeconds()));
      } else if (part instanceof Rows rows) {
        bytes += Math.min(rows.boundBytes(), rows.bytesPerCreate() * created);
      }
    }
    return bytes;
  }
}
