package com.soundcore.kcp.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.zip.GZIPInputStream;

/**
 * A response body of limited size, both on the wire and decompressed. It protects this process's
 * memory from an endless response, and from a gigabyte compressed into a megabyte.
 */
final class LimitedBody implements BodySubscriber<byte[]> {
  /** The largest body that is read, in bytes. A real service's metrics page had 5.6 MB. */
  static final int MOST_BYTES = 32 << 20;

  /** The limit for all headers together, in bytes. */
  static final int MOST_HEADER_BYTES = 64 << 10;

  private final BodySubscriber<byte[]> all = BodySubscribers.ofByteArray();
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private Subscription subscription;
  private long received;

  private LimitedBody() {
    all.getBody()
        .whenComplete(
            (bytes, broken) -> {
              if (broken == null) {
                body.complete(bytes);
              } else {
                body.completeExceptionally(broken);
              }
            });
  }

  static BodyHandler<byte[]> handler() {
    return info -> new LimitedBody();
  }

  /**
   * Decompresses a gzip body.
   *
   * @throws IOException if the bytes are not gzip, or decompress to more than {@link #MOST_BYTES}
   */
  static byte[] unpacked(byte[] packed) throws IOException {
    try (InputStream unpacking = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] bytes = unpacking.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw tooLarge();
      }
      return bytes;
    }
  }

  private static IOException tooLarge() {
    return new IOException("an answer of more than " + (MOST_BYTES >> 20) + " MB");
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Subscription to) {
    subscription = to;
    all.onSubscribe(to);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    received += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
    if (received > MOST_BYTES) {
      subscription.cancel();
      body.completeExceptionally(tooLarge());
    } else {
      all.onNext(buffers);
    }
  }

  @Override
  public void onError(Throwable broken) {
    all.onError(broken);
  }

  @Override
  public void onComplete() {
    all.onComplete();
  }
}
