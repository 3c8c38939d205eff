package com.soundcore.kcp.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseSessionsTest {
  /** The events by the names that PostgreSQL 12 to 18 give them. */
  @ParameterizedTest
  @CsvSource({
    "'', '', running",
    "Lock, transactionid, waiting-for-locks",
    "IO, DataFileRead, waiting-for-disk",
    "IO, AioIoCompletion, waiting-for-disk",
    "LWLock, WALWrite, waiting-for-disk",
    "LWLock, WALWriteLock, waiting-for-disk",
    "LWLock, AioUringCompletion, waiting-for-disk",
    "LWLock, BufferContent, running",
    "Client, ClientRead, waiting-for-clients",
    "IPC, ParallelFinish, waiting-otherwise",
  })
  void whatASessionWaitsForIsOneOfFiveKinds(String type, String event, String kind) {
    assertThat(DatabaseSessions.kind(type, event)).isEqualTo(kind);
  }
}
