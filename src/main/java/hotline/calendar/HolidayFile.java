package hotline.calendar;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * A holiday file as a company's administrator hands it in: read as a whole or refused as a whole.
 */
final class HolidayFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private HolidayFile() {}

  static HolidayYear read(byte[] json, String sourceName) {
    try {
      return read(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString(), sourceName);
    } catch (CharacterCodingException e) {
      throw refused(sourceName, "不是 UTF-8 编码，请另存为 UTF-8 后重试", e);
    }
  }

  static HolidayYear read(String json, String sourceName) {
    try {
      String text = json.startsWith(BYTE_ORDER_MARK) ? json.substring(1) : json;
      return year(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null ? "" : "（第%d行附近）".formatted(e.getLocation().getLineNr());
      throw refused(sourceName, "不是有效的 JSON%s，请检查括号、引号、逗号和重复的字段".formatted(place), e);
    } catch (IllegalArgumentException e) {
      throw refused(sourceName, String.valueOf(e.getMessage()), e);
    }
  }

  private static HolidayYear year(JsonNode file) {
    if (!file.isObject()) {
      throw new IllegalArgumentException("内容须为一个对象，含 year、papers、days 三个字段");
    }
    JsonNode year = file.path("year");
    if (!year.isInt()) {
      throw new IllegalArgumentException("year 缺失或不是整数，请填写年份，例如 2027");
    }
    List<String> papers = new ArrayList<>();
    for (JsonNode paper : array(file, "papers", "放假通知网址")) {
      if (!paper.isTextual()) {
        throw new IllegalArgumentException("papers 须为文字列表，请填写放假通知的网址");
      }
      papers.add(paper.textValue());
    }
    List<HolidayYear.Day> days = new ArrayList<>();
    for (JsonNode day : array(file, "days", "放假和调休上班日期")) {
      days.add(day(day, "days[%d]".formatted(days.size())));
    }
    return new HolidayYear(year.intValue(), papers, days);
  }

  private static JsonNode array(JsonNode file, String field, String content) {
    JsonNode array = file.path(field);
    if (!array.isArray()) {
      throw new IllegalArgumentException("%s 缺失或不是列表，请用方括号列出%s".formatted(field, content));
    }
    return array;
  }

  private static HolidayYear.Day day(JsonNode day, String place) {
    JsonNode name = day.path("name");
    if (!name.isTextual()) {
      throw new IllegalArgumentException(place + ".name 缺失或不是文字，请填写节日名称，例如 春节");
    }
    JsonNode isOffDay = day.path("isOffDay");
    if (!isOffDay.isBoolean()) {
      throw new IllegalArgumentException(place + ".isOffDay 缺失或不是 true/false，放假填 true，调休上班填 false");
    }
    return new HolidayYear.Day(
        name.textValue(), date(day.path("date"), place), isOffDay.booleanValue());
  }

  private static LocalDate date(JsonNode date, String place) {
    try {
      return LocalDate.parse(date.asText());
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(place + ".date 缺失或不是有效日期，请写成 2027-01-01 的形式", e);
    }
  }

  private static IllegalArgumentException refused(
      String sourceName, String reason, Exception cause) {
    return new IllegalArgumentException("节假日文件 %s 未装入：%s".formatted(sourceName, reason), cause);
  }
}
