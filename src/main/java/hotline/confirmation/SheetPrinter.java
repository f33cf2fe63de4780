package hotline.confirmation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.openhtmltopdf.pdfboxout.PDFontSupplier;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.springframework.stereotype.Component;

/**
 * Makes the PDF of a sheet: one at a time, and the same sheet once only for a while, so that nobody
 * with a link can keep the machine busy.
 */
@Component
class SheetPrinter {
  static final String NO_FONT =
      "本机没有可用于 PDF 的中文字体：请安装 fonts-wqy-microhei（文泉驿微米黑），"
          + "或用设置 hotline.pdf.font 指定一个 TrueType 字体文件，然后重新启动系统";

  /** What printers set where a character is missing in their case. */
  private static final String MISSING = "〓";

  static {
    // its messages repeat what it prints
    XRLog.setLoggingEnabled(false);
  }

  private final Optional<Path> font;
  private final Cache<String, byte[]> printed =
      Caffeine.newBuilder().maximumSize(100).expireAfterWrite(Duration.ofMinutes(10)).build();

  SheetPrinter(ConfirmationSettings settings) {
    this.font = SheetFont.find(settings.pdf().font());
  }

  boolean canPrint() {
    return font.isPresent();
  }

  /** The sheet as PDF with its characters embedded; empty where no font is installed. */
  Optional<byte[]> pdf(String sheet) {
    return font.map(file -> printed.get(sheet, page -> print(page, file)));
  }

  private synchronized byte[] print(String sheet, Path file) {
    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
    try (SheetFont opened = SheetFont.open(file);
        PDDocument document = new PDDocument()) {
      new PdfRendererBuilder()
          .usePDDocument(document)
          // tagged for screen readers, and no other font is asked for in the whole machine
          .usePdfUaAccessibility(true)
          .useFont(new PDFontSupplier(PDType0Font.load(document, opened.font(), true)), Sheet.FONT)
          .useReplacementText(MISSING)
          .withHtmlContent(sheet, null)
          .toStream(pdf)
          .run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pdf.toByteArray();
  }
}
