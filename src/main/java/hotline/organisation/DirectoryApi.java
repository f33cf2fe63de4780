package hotline.organisation;

import hotline.Actor;
import hotline.organisation.Directory.Imported;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The directory for programs: read, kept entry by entry, or taken over from a file. */
@RestController
@RequestMapping("/api/directory")
@Tag(name = "名录")
class DirectoryApi {
  private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

  private final DirectoryDesk desk;

  DirectoryApi(DirectoryDesk desk) {
    this.desk = desk;
  }

  /** One entry as it is sent; what is left out is empty. */
  record Entry(
      @Nullable String name,
      @Nullable String kind,
      @Nullable String district,
      @Nullable Integer population,
      @Nullable String contact,
      @Nullable String phone,
      @Nullable String address) {

    private String cell(PlaceColumn column, String code) {
      return Objects.toString(
          switch (column) {
            case CODE -> code;
            case NAME -> name;
            case KIND -> kind;
            case DISTRICT -> district;
            case POPULATION -> population;
            case CONTACT -> contact;
            case PHONE -> phone;
            case ADDRESS -> address;
          },
          "");
    }
  }

  @Operation(summary = "名录，按类型和代码排列；next 填入 after 取下一页；联系人和电话只给话务中心和管理人员")
  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  DirectoryDesk.Page list(
      @Parameter(hidden = true) Actor actor,
      @RequestParam String company,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(required = false) @Nullable String district,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(required = false) @Nullable Integer size) {
    return desk.list(actor, desk.company(actor, company), kind, district, after, size);
  }

  @Operation(summary = "新增或修改一条；已停用的恢复使用")
  @PutMapping("/{code}")
  Place save(
      @Parameter(hidden = true) Actor actor,
      @PathVariable String code,
      @RequestParam String company,
      @RequestBody Entry entry) {
    Company own = desk.company(actor, company);
    return desk.save(
        actor,
        own,
        new PlaceEntry(
            own,
            column -> entry.cell(column, code),
            refused -> {
              throw refused;
            }));
  }

  @Operation(summary = "停用一条")
  @DeleteMapping("/{code}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void retire(
      @Parameter(hidden = true) Actor actor,
      @PathVariable String code,
      @RequestParam String company) {
    desk.retire(actor, desk.company(actor, company), code);
  }

  @Operation(
      summary = "导入 CSV：按代码新增和修改；replace=true 时停用文件里没有的",
      description = "列名：代码,名称,类型,区域,人口,联系人,电话,地址，次序不限。有一处错误就什么都不导入，并逐行列出。")
  @PostMapping(path = "/import", consumes = "text/csv")
  ResponseEntity<?> load(
      @Parameter(hidden = true) Actor actor,
      @RequestParam String company,
      @RequestParam(defaultValue = "false") boolean replace,
      @RequestBody(required = false) byte @Nullable [] file) {
    Company own = desk.company(actor, company);
    try {
      Imported imported = desk.load(actor, own, file == null ? new byte[0] : file, replace);
      return ResponseEntity.ok(imported);
    } catch (FaultyFile e) {
      ProblemDetail problem =
          ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_ENTITY, e.sentence());
      problem.setProperty("faults", e.shown());
      return ResponseEntity.unprocessableEntity()
          .contentType(MediaType.APPLICATION_PROBLEM_JSON)
          .body(problem);
    }
  }

  @Operation(summary = "名录的 CSV 文件，可用表格软件修改后再导入")
  @GetMapping("/file")
  ResponseEntity<byte[]> file(@Parameter(hidden = true) Actor actor, @RequestParam String company) {
    Company own = desk.company(actor, company);
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(CSV);
    headers.setContentDisposition(
        ContentDisposition.attachment()
            .filename(own.name() + "名录.csv", StandardCharsets.UTF_8)
            .build());
    return ResponseEntity.ok().headers(headers).body(desk.file(actor, own));
  }
}
