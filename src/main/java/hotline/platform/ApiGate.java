package hotline.platform;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What no call of the API may do, whatever it asks: send more than an intake can be, or be a write
 * that another website makes a logged-in browser send.
 */
final class ApiGate extends OncePerRequestFilter {
  static final int LARGEST_BODY = 256 * 1024;
  static final String TOO_LARGE = "请求体超过 256 KB（表格约 2000 行），请缩短或分成几份后重发";

  private final ObjectMapper json;

  ApiGate(ObjectMapper json) {
    this.json = json;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (OtherSites.writeBy(request)) {
      ProblemAnswers.write(response, json, HttpStatus.FORBIDDEN, OtherSites.REFUSAL);
      return;
    }
    if (request.getContentLengthLong() > LARGEST_BODY) {
      ProblemAnswers.write(response, json, HttpStatus.PAYLOAD_TOO_LARGE, TOO_LARGE);
      return;
    }
    chain.doFilter(request.getContentLengthLong() < 0 ? new Limited(request) : request, response);
  }

  /** A body of unannounced length grew over the limit while it was read. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private static final class Limited extends HttpServletRequestWrapper {
    private @Nullable ServletInputStream stream;
    private @Nullable BufferedReader reader;

    Limited(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      if (stream == null) {
        stream = new Counting(super.getInputStream());
      }
      return stream;
    }

    @Override
    public BufferedReader getReader() throws IOException {
      if (reader == null) {
        String name = getCharacterEncoding();
        Charset charset = name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
        reader = new BufferedReader(new InputStreamReader(getInputStream(), charset));
      }
      return reader;
    }
  }

  private static final class Counting extends ServletInputStream {
    private final ServletInputStream body;
    private long read;

    Counting(ServletInputStream body) {
      this.body = body;
    }

    @Override
    public int read() throws IOException {
      int next = body.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int got = body.read(into, from, length);
      count(Math.max(got, 0));
      return got;
    }

    private void count(int bytes) throws IOException {
      read += bytes;
      if (read > LARGEST_BODY) {
        throw new TooLarge();
      }
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }
  }
}
