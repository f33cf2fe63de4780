package hotline.backup;

import hotline.Actor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The administrator asks for a copy of the database; where it goes is not theirs to choose. */
@RestController
@RequestMapping("/api/backup")
@Tag(name = "备份")
class BackupApi {
  private final Backup backup;

  BackupApi(Backup backup) {
    this.backup = backup;
  }

  @Operation(
      summary = "备份H2数据库到数据目录的 backup/ 下（管理员），不必停机",
      description = "写完后试着打开一遍，数出其中的工单，才算成功。数据在 MySQL/MariaDB 中的用 mariadb-dump。")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Backup.Written write(@Parameter(hidden = true) Actor actor) {
    if (!actor.isAdministrator()) {
      throw new AccessDeniedException("backup");
    }
    return backup.write();
  }
}
