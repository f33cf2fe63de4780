package hotline.backup;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** What the operator reads when the product does not start on a damaged database file. */
final class DamagedDatabaseAdvice extends AbstractFailureAnalyzer<DamagedDatabase> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, DamagedDatabase damaged) {
    return new FailureAnalysis(
        "数据库文件"
            + damaged.getMessage()
            + "，为免丢单，系统没有启动，文件未作任何改动："
            + damaged.file()
            + "\nThe database file is damaged or incomplete; the product has not started and has"
            + " changed nothing.",
        damaged.advice(),
        damaged);
  }
}
