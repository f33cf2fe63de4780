package hotline.confirmation;

import static org.assertj.core.api.Assertions.assertThat;

import hotline.Actor;
import hotline.confirmation.ConfirmationSettings.Pdf;
import hotline.organisation.Organisation;
import hotline.scenarios.Desk;
import hotline.scenarios.Scenario;
import hotline.workorder.CompletionRecorded;
import hotline.workorder.Completions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;

@Scenario
@DisplayName("没有中文字体的机器")
class WithoutFontTest {
  @Autowired Desk desk;
  @Autowired ApplicationEventPublisher events;
  @Autowired TransactionTemplate transaction;
  @Autowired Confirmations confirmations;
  @Autowired Completions completions;
  @Autowired Organisation organisation;

  private String number;
  private String token;

  @BeforeEach
  void answeredOrder() {
    desk.startAt("2026-11-16T09:00:00+08:00");
    number = desk.call("ADVICE", "/answer", "周末营业").number;
    transaction.executeWithoutResult(
        status -> events.publishEvent(new CompletionRecorded(number, desk.now())));
    token = confirmations.of(number).orElseThrow().token();
  }

  private static SheetPrinter printerWith(String font) {
    return new SheetPrinter(
        new ConfirmationSettings(
            new ConfirmationSettings.Confirmation(Duration.ofDays(90)), new Pdf(font)));
  }

  private ConfirmationPages pagesWith(String font) {
    return new ConfirmationPages(confirmations, completions, organisation, printerWith(font));
  }

  private static String text(ResponseEntity<byte[]> answer) {
    return new String(answer.getBody(), StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("网页照常，不给下载；PDF 回答503，说要装哪个软件包；错的链接仍是404")
  void pageOnly() {
    ConfirmationPages pages = pagesWith("no-such-font.ttf");
    assertThat(text(pages.page(token))).contains("周末营业").doesNotContain("下载", token);
    ResponseEntity<byte[]> pdf = pages.pdf(token);
    assertThat(pdf.getStatusCode().value()).isEqualTo(503);
    assertThat(text(pdf)).contains("fonts-wqy-microhei", "hotline.pdf.font");
    assertThat(pages.pdf("A".repeat(24)).getStatusCode().value()).isEqualTo(404);
  }

  @Test
  @DisplayName("职员读到同一句话")
  void staff() {
    ConfirmationApi api =
        new ConfirmationApi(
            confirmations, completions, organisation, printerWith("no-such-font.ttf"));
    ResponseEntity<?> answer =
        api.pdf(new Actor("yunfu-water.agent", Set.of("yunfu-water.agent")), number);
    assertThat(answer.getStatusCode().value()).isEqualTo(503);
    assertThat(((ProblemDetail) answer.getBody()).getDetail()).contains("fonts-wqy-microhei");
  }

  @ParameterizedTest
  @ValueSource(strings = {"broken.ttf", "broken.ttc", "broken.otf"})
  @DisplayName("设置的文件不是字体：同没有字体一样，系统照常启动")
  void brokenFile(String name, @TempDir Path folder) throws IOException {
    Path font = Files.writeString(folder.resolve(name), "not a font");
    assertThat(pagesWith(font.toString()).pdf(token).getStatusCode().value()).isEqualTo(503);
  }
}
