package hotline.confirmation;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeCollection;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.fontbox.util.autodetect.FontFileFinder;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Chinese font of the PDF. Only fonts with TrueType outlines can be embedded in part; what is
 * most often installed of them on Linux, Windows and macOS is looked for by name.
 */
final class SheetFont implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(SheetFont.class);

  /** What a font must have to be a Chinese one that can set the sheet alone. */
  private static final String NEEDED = Sheet.TITLE + "（：，。）0123456789AZaz*:-";

  private static final List<String> USUAL =
      List.of(
          "wqy-microhei.ttc",
          "notosanssc-regular.ttf",
          "lxgwwenkai-regular.ttf",
          "wqy-zenhei.ttc",
          "simsun.ttc",
          "simhei.ttf",
          "msyh.ttc",
          "deng.ttf",
          "simfang.ttf",
          "simkai.ttf",
          "songti.ttc",
          "stheiti light.ttc",
          "arial unicode.ttf",
          "uming.ttc",
          "ukai.ttc");

  private final Closeable file;
  private final TrueTypeFont font;

  private SheetFont(Closeable file, TrueTypeFont font) {
    this.file = file;
    this.font = font;
  }

  /** The file that is set, else the first usual one on this machine; empty when there is none. */
  static Optional<Path> find(String set) {
    Optional<Path> found =
        (set.isBlank() ? usual() : List.of(Path.of(set)))
            .stream().filter(SheetFont::isUsable).findFirst();
    if (found.isEmpty()) {
      LOG.warn(
          "no Chinese font with TrueType outlines{}: confirmation sheets are shown as pages only;"
              + " install fonts-wqy-microhei or set hotline.pdf.font",
          set.isBlank() ? "" : " in " + set);
    }
    return found;
  }

  private static List<Path> usual() {
    List<Path> files = new ArrayList<>();
    for (URI file : new FontFileFinder().find()) {
      Path path = Path.of(file);
      if (USUAL.contains(name(path))) {
        files.add(path);
      }
    }
    files.sort(Comparator.comparing(path -> USUAL.indexOf(name(path))));
    return files;
  }

  private static boolean isUsable(Path file) {
    try (SheetFont opened = open(file)) {
      CmapLookup glyphs = opened.font.getUnicodeCmapLookup();
      return opened.font.getTableMap().containsKey("glyf")
          && NEEDED.codePoints().allMatch(c -> glyphs.getGlyphId(c) != 0);
    } catch (IOException e) {
      LOG.debug("{} is no font for the sheet", file, e);
      return false;
    }
  }

  /** The font in the file, of a collection its first. */
  static SheetFont open(Path path) throws IOException {
    File file = path.toFile();
    if (!name(path).endsWith(".ttc")) {
      TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBufferedFile(file));
      return new SheetFont(font, font);
    }
    TrueTypeCollection collection = new TrueTypeCollection(file);
    try {
      List<TrueTypeFont> fonts = new ArrayList<>();
      collection.processAllFonts(fonts::add);
      return new SheetFont(collection, fonts.get(0));
    } catch (IOException | RuntimeException e) {
      collection.close();
      throw e;
    }
  }

  TrueTypeFont font() {
    return font;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
  }
}
