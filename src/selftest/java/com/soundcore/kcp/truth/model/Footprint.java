package com.soundcore.kcp.truth.model;

/**
 * What a service uses of its machine.
 *
 * @param memory of the process; services that share one add up
 * @param baseCores used without any load
 * @param cpuShare the part of a worker's own time in which it keeps a core busy
 * @param baseFiles open without any load
 * @param filesPerCall that every call leaves open, for ever
 * @param bytesPerAnswer of a right answer's body
 */
public record Footprint(
    MemoryModel memory,
    double baseCores,
    double cpuShare,
    double baseFiles,
    double filesPerCall,
    int bytesPerAnswer) {
  private static final double MEBIBYTE = 1 << 20;

  /** 200 MiB that hardly move, most of a worker's time waiting, answers of 2 kB. */
  public static final Footprint USUAL =
      new Footprint(
          MemoryModel.of(200 * MEBIBYTE).with(new MemoryModel.Wander(MEBIBYTE, 0.8)),
          0.02,
          0.2,
          60,
          0,
          2_000);

  public Footprint withMemory(MemoryModel other) {
    return new Footprint(other, baseCores, cpuShare, baseFiles, filesPerCall, bytesPerAnswer);
  }

  public Footprint withCpu(double base, double share) {
    return new Footprint(memory, base, share, baseFiles, filesPerCall, bytesPerAnswer);
  }

  public Footprint withFiles(double base, double perCall) {
    return new Footprint(memory, baseCores, cpuShare, base, perCall, bytesPerAnswer);
  }

  public Footprint withBytesPerAnswer(int bytes) {
    return new Footprint(memory, baseCores, cpuShare, baseFiles, filesPerCall, bytes);
  }
}
