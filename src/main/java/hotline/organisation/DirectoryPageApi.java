package hotline.organisation;

import hotline.Actor;
import hotline.HtmlPage;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** The directory for those who keep it by hand: a page to look at, and a file to import. */
@RestController
@RequestMapping("/api/directory/page")
@Tag(name = "名录")
class DirectoryPageApi {
  private final DirectoryDesk desk;
  private final DirectoryPages pages;

  DirectoryPageApi(DirectoryDesk desk, DirectoryPages pages) {
    this.desk = desk;
    this.pages = pages;
  }

  @Operation(summary = "名录网页；只属于一家公司的不用写 company")
  @GetMapping(produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<String> page(
      @Parameter(hidden = true) Actor actor,
      @RequestParam(required = false) @Nullable String company,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(required = false) @Nullable String after) {
    List<Company> own = desk.companies(actor);
    if (own.isEmpty()) {
      throw new AccessDeniedException("directory");
    }
    if (company == null && own.size() > 1) {
      return HtmlPage.answer(HttpStatus.OK, DirectoryPages.choice(own));
    }
    Company chosen = company == null ? own.get(0) : desk.company(actor, company);
    return answer(HttpStatus.OK, actor, chosen, kind, after, "");
  }

  @Operation(summary = "网页上传 CSV 文件：全部导入，或逐行列出错误")
  @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE, produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<String> upload(
      @Parameter(hidden = true) Actor actor,
      @RequestParam String company,
      @RequestParam(required = false) @Nullable MultipartFile file,
      @RequestParam(defaultValue = "false") boolean replace)
      throws IOException {
    Company own = desk.company(actor, company);
    byte[] bytes = file == null ? new byte[0] : file.getBytes();
    try {
      String said = DirectoryPages.imported(desk.load(actor, own, bytes, replace));
      return answer(HttpStatus.OK, actor, own, null, null, said);
    } catch (FaultyFile e) {
      return answer(
          HttpStatus.UNPROCESSABLE_ENTITY, actor, own, null, null, DirectoryPages.refused(e));
    }
  }

  private ResponseEntity<String> answer(
      HttpStatus status,
      Actor actor,
      Company company,
      @Nullable String kind,
      @Nullable String after,
      String said) {
    DirectoryDesk.Page page = desk.list(actor, company, kind, null, after, null);
    PlaceKind chosen = kind == null ? null : PlaceKind.of(kind.strip()).orElse(null);
    return HtmlPage.answer(status, pages.company(actor, company, page, chosen, said));
  }
}
