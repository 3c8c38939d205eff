package com.soundcore.kcp.lifecycle;

import com.soundcore.kcp.run.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;

/** A console stream that removes known secrets and control characters, line by line. */
final class SecretFreeOutput extends OutputStream {
  private final OutputStream console;
  private final Charset charset;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  SecretFreeOutput(OutputStream console, Charset charset) {
    this.console = console;
    this.charset = charset;
  }

  @Override
  public synchronized void write(int b) throws IOException {
    line.write(b);
    if (b == '\n') {
      show();
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    for (int i = from; i < from + length; i++) {
      write(bytes[i]);
    }
  }

  private void show() throws IOException {
    console.write(Secrets.printable(line.toString(charset)).getBytes(charset));
    line.reset();
  }

  @Override
  public synchronized void flush() throws IOException {
    if (line.size() > 0) {
      show();
    }
    console.flush();
  }
}
