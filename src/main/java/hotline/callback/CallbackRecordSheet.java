package hotline.callback;

import hotline.callback.CallbackRecords.Line;
import hotline.callback.CallbackRecords.Week;
import hotline.organisation.Company;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** 《工单处理回访记录表》 as a spreadsheet, with the ten columns of Annex 2 (YC-14). */
final class CallbackRecordSheet {
  private static final List<String> COLUMNS =
      List.of("序号", "受理时间", "回访日期", "来电人", "用户电话", "用户地址", "反映内容", "处理部门及人员", "处理完成情况", "是否满意");

  /** In characters of the usual font. */
  private static final int[] WIDTHS = {6, 17, 12, 10, 14, 28, 34, 22, 34, 18};

  private static final int TITLE = 0;
  private static final int SUMMARY = 1;
  private static final int HEADINGS = 2;
  private static final int LAST = COLUMNS.size() - 1;
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy年M月d日");

  private CallbackRecordSheet() {}

  static byte[] of(Company company, Week week) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbook book = new Workbook(out, "Hotline", "1.0")) {
      Worksheet sheet = book.newWorksheet("回访记录");
      headings(sheet, company, week);
      int row = HEADINGS;
      for (Line line : week.lines()) {
        row++;
        write(sheet, row, line, company.zone());
      }
      sheet
          .range(HEADINGS, 0, row, LAST)
          .style()
          .wrapText(true)
          .borderStyle("thin")
          .verticalAlignment("center")
          .set();
      sheet
          .range(HEADINGS, 0, HEADINGS, LAST)
          .style()
          .bold()
          .wrapText(true)
          .borderStyle("thin")
          .horizontalAlignment("center")
          .verticalAlignment("center")
          .set();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void headings(Worksheet sheet, Company company, Week week) {
    sheet.value(TITLE, 0, company.callbackTable());
    sheet.range(TITLE, 0, TITLE, LAST).merge();
    sheet.style(TITLE, 0).bold().fontSize(16).horizontalAlignment("center").set();
    sheet.value(SUMMARY, 0, summary(week));
    sheet.range(SUMMARY, 0, SUMMARY, LAST).merge();
    for (int column = 0; column <= LAST; column++) {
      sheet.width(column, WIDTHS[column]);
      sheet.value(HEADINGS, column, COLUMNS.get(column));
    }
    sheet.freezePane(0, HEADINGS + 1);
    sheet.repeatRows(HEADINGS);
    sheet.paperSize(PaperSize.A4_PAPER);
    sheet.pageOrientation("landscape");
    sheet.fitToWidth((short) 1);
    sheet.fitToHeight((short) 0);
  }

  private static String summary(Week week) {
    return week.week().format(DAY)
        + "至"
        + week.week().plusDays(6).format(DAY)
        + "：参加抽取的工单"
        + week.eligible()
        + "张，应电话回访不少于"
        + week.required()
        + "张，已电话回访"
        + week.phoned()
        + "张";
  }

  private static void write(Worksheet sheet, int row, Line line, ZoneId zone) {
    sheet.value(row, 0, line.number());
    sheet.value(row, 1, line.receivedAt().atZone(zone).format(MINUTE));
    sheet.value(row, 2, line.calledBackOn().toString());
    sheet.value(row, 3, line.callerName());
    sheet.value(row, 4, line.callerPhone());
    sheet.value(row, 5, line.address());
    sheet.value(row, 6, line.description());
    sheet.value(row, 7, line.handledBy());
    sheet.value(row, 8, line.completion());
    sheet.value(row, 9, line.satisfaction());
  }
}
