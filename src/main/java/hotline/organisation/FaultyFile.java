package hotline.organisation;

import hotline.Refused;
import java.util.List;
import java.util.stream.Collectors;

/** A file of which nothing is taken, with what must be mended in which line. */
final class FaultyFile extends Refused {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 20;

  /** What must be mended in one line of the file. */
  record Fault(int line, String sentence) {
    @Override
    public String toString() {
      return "第" + line + "行：" + sentence;
    }
  }

  private final transient List<Fault> faults;

  FaultyFile(List<Fault> faults) {
    super(
        summary(faults)
            + shown(faults).stream().map(Fault::toString).collect(Collectors.joining("；")));
    this.faults = List.copyOf(faults);
  }

  FaultyFile(int line, String sentence) {
    this(List.of(new Fault(line, sentence)));
  }

  String summary() {
    return summary(faults);
  }

  List<Fault> shown() {
    return shown(faults);
  }

  private static String summary(List<Fault> faults) {
    return "文件有"
        + faults.size()
        + "处错误，什么都没有导入，请改正后重新导入"
        + (faults.size() > SHOWN ? "（只列出前" + SHOWN + "处）" : "")
        + "。";
  }

  private static List<Fault> shown(List<Fault> faults) {
    return faults.subList(0, Math.min(faults.size(), SHOWN));
  }
}
