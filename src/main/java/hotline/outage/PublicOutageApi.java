package hotline.outage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import hotline.NotFound;
import hotline.Sha256;
import hotline.organisation.Company;
import hotline.organisation.Organisation;
import hotline.outage.PublicOutages.Board;
import hotline.platform.PublicAddress;
import hotline.workorder.Moments;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.NativeWebRequest;

/** Which supply is off, where and until when: for everybody, without a login (YF-16d). */
@RestController
@Tag(name = "停水、停气、停热公告")
class PublicOutageApi {
  static final String PATH = "/public/outages";
  static final String FEED = PATH + ".atom";
  static final String UNKNOWN_COMPANY = "没有这家公司的公告，请核对网址中的公司（company）";

  private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
  private static final MediaType ATOM =
      new MediaType(MediaType.APPLICATION_ATOM_XML, StandardCharsets.UTF_8);

  private final PublicOutages outages;
  private final List<Company> served;
  private final String site;
  private final ObjectMapper json;
  private final HeaderContentNegotiationStrategy accepted = new HeaderContentNegotiationStrategy();

  PublicOutageApi(
      PublicOutages outages, Organisation organisation, PublicAddress address, ObjectMapper json) {
    this.outages = outages;
    this.served = organisation.companies();
    this.site = address.publicUrl();
    this.json = json;
  }

  record Answer(OffsetDateTime updatedAt, List<Item> items) {}

  record Item(
      String number,
      String company,
      String companyName,
      String effect,
      String effectName,
      String kind,
      PublicOutage.Stage status,
      String area,
      List<String> districts,
      OffsetDateTime start,
      OffsetDateTime end,
      String reason,
      @Nullable String measures,
      @Nullable OffsetDateTime restoredAt,
      @Nullable OffsetDateTime changedAt,
      @Nullable String changeNote) {}

  @Operation(
      summary = "已公告、进行中和24小时内结束的停供，免登录；公司可选",
      description = "浏览器得到网页；请求头 Accept 为 application/json 时得到 JSON。没有变化时凭 ETag 回答304。")
  @GetMapping(
      path = PATH,
      produces = {MediaType.TEXT_HTML_VALUE, MediaType.APPLICATION_JSON_VALUE})
  ResponseEntity<byte[]> outages(
      @RequestParam(required = false) @Nullable String company, NativeWebRequest request)
      throws HttpMediaTypeNotAcceptableException {
    List<Company> shown = shown(company);
    if (!wantsHtml(request)) {
      return answer(MediaType.APPLICATION_JSON, required(shown), this::json);
    }
    if (shown.isEmpty()) {
      return open(HttpStatus.NOT_FOUND, HTML).body(bytes(PublicOutagePages.unknownCompany(served)));
    }
    return answer(
        HTML,
        shown,
        (board, companies) ->
            PublicOutagePages.page(board.of(companies), board.since(), companies, served));
  }

  @Operation(summary = "同一内容的 Atom 订阅，免登录")
  @GetMapping(path = FEED, produces = MediaType.APPLICATION_ATOM_XML_VALUE)
  ResponseEntity<byte[]> feed(@RequestParam(required = false) @Nullable String company) {
    return answer(
        ATOM,
        required(shown(company)),
        (board, companies) ->
            PublicOutageFeed.feed(
                board.of(companies), board.since(), companies, site, query(companies, served)));
  }

  /** What the address of these companies' outages ends with. */
  static String query(List<Company> shown, List<Company> served) {
    return shown.equals(served) ? "" : "?company=" + shown.get(0).id();
  }

  /** All when none is asked for; nobody when it is unknown. */
  private List<Company> shown(@Nullable String company) {
    return company == null || company.isBlank()
        ? served
        : served.stream().filter(each -> each.id().equals(company.strip())).toList();
  }

  private static List<Company> required(List<Company> shown) {
    if (shown.isEmpty()) {
      throw new NotFound(UNKNOWN_COMPANY);
    }
    return shown;
  }

  /** Whoever takes both as gladly is a browser. */
  private boolean wantsHtml(NativeWebRequest request) throws HttpMediaTypeNotAcceptableException {
    return accepted.resolveMediaTypes(request).stream()
        .filter(
            type ->
                type.isCompatibleWith(HTML) || type.isCompatibleWith(MediaType.APPLICATION_JSON))
        .findFirst()
        .map(type -> type.isCompatibleWith(HTML))
        .orElse(true);
  }

  /** How one format is made of the board. */
  private interface Format {
    String made(Board board, List<Company> companies);
  }

  private ResponseEntity<byte[]> answer(MediaType type, List<Company> shown, Format format) {
    return outages
        .board()
        .answer(
            type + query(shown, served),
            board -> {
              byte[] body = bytes(format.made(board, shown));
              return open(HttpStatus.OK, type).eTag(tag(body)).body(body);
            });
  }

  /** Kept by whoever asked, and asked for again each time. */
  private static ResponseEntity.BodyBuilder open(HttpStatus status, MediaType type) {
    return ResponseEntity.status(status)
        .contentType(type)
        .cacheControl(CacheControl.noCache())
        .varyBy(HttpHeaders.ACCEPT)
        .header("Referrer-Policy", "no-referrer");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String tag(byte[] body) {
    return HexFormat.of().formatHex(Sha256.of(body), 0, 16);
  }

  private String json(Board board, List<Company> companies) {
    List<Item> items = board.of(companies).stream().map(PublicOutageApi::item).toList();
    ZoneId zone = companies.get(0).zone();
    try {
      return json.writeValueAsString(new Answer(Moments.local(board.since(), zone), items));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Item item(PublicOutage outage) {
    ZoneId zone = outage.company().zone();
    return new Item(
        outage.number(),
        outage.company().id(),
        outage.company().name(),
        outage.effect(),
        outage.effectName(),
        outage.kind(),
        outage.stage(),
        outage.area(),
        outage.districts(),
        Moments.local(outage.start(), zone),
        Moments.local(outage.end(), zone),
        outage.reason(),
        outage.measures(),
        Moments.localOrNull(outage.restoredAt(), zone),
        Moments.localOrNull(outage.changedAt(), zone),
        outage.changeNote());
  }
}
