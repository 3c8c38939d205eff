package com.soundcore.kcp.truth.system;

import com.soundcore.kcp.truth.model.MemoryModel;
import com.soundcore.kcp.truth.model.MemoryModel.Garbage;
import com.soundcore.kcp.truth.model.MemoryModel.Leak;
import com.soundcore.kcp.truth.model.MemoryModel.Part;
import com.soundcore.kcp.truth.model.MemoryModel.Rows;
import com.soundcore.kcp.truth.model.MemoryModel.Sawtooth;
import com.soundcore.kcp.truth.model.MemoryModel.Wander;
import com.soundcore.kcp.truth.model.MemoryModel.Warming;
import com.soundcore.kcp.truth.time.Autoregression;
import com.soundcore.kcp.truth.time.Draws;
import java.util.ArrayList;
import java.util.List;

/** The memory of a service while it lives. */
public final class ProcessMemory {
  // What collections leave behind of a JVM that has done nothing yet.
  public static final double OLD_SHARE = 0.3;

  private final MemoryModel model;
  private final List<Autoregression> noises = new ArrayList<>();
  private double bornAt;

  public ProcessMemory(MemoryModel model, Draws draws) {
    this.model = model;
    for (Part part : model.parts()) {
      if (part instanceof Wander wander) {
        noises.add(new Autoregression(wander.rho(), wander.bytes(), draws));
      }
    }
  }

  public void startsAnew(double second) {
    bornAt = second;
  }

  /** Another second's ups and downs. */
  public void wander() {
    noises.forEach(Autoregression::next);
  }

  public double bytes(double second, long calls, long created) {
    double bytes = model.baseBytes() + stays(second, calls, created);
    for (Part part : model.parts()) {
      if (part instanceof Sawtooth tooth) {
        double periods = second / tooth.periodSeconds();
        bytes += tooth.bytes() * (periods - Math.floor(periods));
      }
    }
    bytes += garbage(second);
    for (Autoregression noise : noises) {
      bytes += noise.value();
    }
    return bytes;
  }

  public double oldGeneration(double second, long calls, long created) {
    return model.baseBytes() * OLD_SHARE + stays(second, calls, created) + garbage(second);
  }

  private double garbage(double second) {
    double bytes = 0;
    for (Part part : model.parts()) {
      if (part instanceof Garbage garbage) {
        double periods = second / garbage.periodSeconds();
        bytes += garbage.bytes() * (periods - Math.floor(periods));
      }
    }
    return bytes;
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
