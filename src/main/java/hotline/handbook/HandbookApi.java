package hotline.handbook;

import hotline.Actor;
import hotline.HtmlPage;
import hotline.NotFound;
import hotline.organisation.Company;
import hotline.organisation.Organisation;
import hotline.organisation.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The handbook for those who answer for a company's regulation, read from what is deployed. */
@RestController
@RequestMapping("/api/handbook")
@Tag(name = "规程手册")
class HandbookApi {
  private static final Set<Role> READERS =
      Set.of(Role.MANAGER, Role.DESIGNER, Role.SERVICE_MANAGER);

  private final Organisation organisation;
  private final Handbook handbook;
  private final HandbookPages pages;

  HandbookApi(Organisation organisation, Handbook handbook, HandbookPages pages) {
    this.organisation = organisation;
    this.handbook = handbook;
    this.pages = pages;
  }

  @Operation(summary = "规程手册：本人可看的各公司及其条文落实情况")
  @GetMapping(produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<String> index(@Parameter(hidden = true) Actor actor) {
    List<CompanyHandbook> readable =
        organisation.companies().stream()
            .map(Company::id)
            .filter(company -> mayRead(actor, company))
            .map(handbook::of)
            .toList();
    if (readable.isEmpty()) {
      throw new AccessDeniedException("handbook");
    }
    return HtmlPage.answer(
        HttpStatus.OK, pages.index(readable, company -> "/api/handbook/" + company));
  }

  @Operation(summary = "一家公司的规程手册：逐条列出规则行、流程步骤和测试")
  @GetMapping(path = "/{company}", produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<String> company(
      @Parameter(hidden = true) Actor actor, @PathVariable String company) {
    if (!organisation.ids().contains(company) || !actor.mayActFor(company)) {
      throw new NotFound("没有这家公司的规程手册");
    }
    if (!mayRead(actor, company)) {
      throw new AccessDeniedException("handbook");
    }
    return HtmlPage.answer(HttpStatus.OK, pages.company(handbook.of(company), "/api/handbook"));
  }

  private static boolean mayRead(Actor actor, String company) {
    return Role.anyOf(READERS, actor, company);
  }
}
