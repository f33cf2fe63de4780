package hotline.platform;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.AuthorizationException;
import org.jspecify.annotations.Nullable;

/** Says in Chinese what the engine refuses in English, so that Admin and Cockpit can be read. */
final class EngineWords {
  static final String NO_RIGHT = "您没有进行此操作的权限";

  /** The class of SQL states for what is there already or is still in use. */
  private static final String CONSTRAINT = "23";

  private static final String NOT_FOUND = "找不到要操作的内容，可能已被删除或已结束，请刷新页面";

  private static final List<Sentence> SENTENCES =
      List.of(
          said("Password does not match policy", "密码不符合要求，请按密码框旁列出的条件修改"),
          said("authenticated user password is not valid", "您输入的当前密码不正确"),
          said("User has an invalid id", "用户 ID 只能用字母、数字、点和连字符"),
          said("Group has an invalid id", "组 ID 只能用字母、数字、点和连字符"),
          said("Tenant has an invalid id", "租户 ID 只能用字母、数字、点和连字符"),
          said("The user already exists", "该用户 ID 已被使用，请换一个"),
          said("The group already exists", "该组 ID 已被使用，请换一个"),
          said("The tenant already exists", "该租户 ID 已被使用，请换一个"),
          said("Cannot convert value '.*' of type '(\\w+)'", "变量的值不是 $1 类型，请改正"),
          said("not greater than or equal to 0", "须填写不小于 0 的整数"),
          said("resource type .* is not valid for", "这类资源没有所选的权限"),
          said(
              "[Nn]o .*(job|process instance|task|deployment|definition).* (found|exists)",
              NOT_FOUND),
          said("(do|does) not exist|cannot be found|is null$", NOT_FOUND));

  private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

  private EngineWords() {}

  /** For what somebody filled in and the engine takes for a failure of its own; null: is one. */
  static @Nullable String refusal(@Nullable Throwable failure, @Nullable String english) {
    SQLException database = ProblemAnswers.within(failure, SQLException.class);
    if (database != null && String.valueOf(database.getSQLState()).startsWith(CONSTRAINT)) {
      return "与已有的内容冲突：可能已经添加过，或仍在使用；请刷新页面";
    }
    return known(english);
  }

  /** For an answer that is a refusal already; what is not known yet is quoted. */
  static String instead(@Nullable Throwable failure, String english) {
    if (HAN.matcher(english).find()) {
      return english;
    }
    if (ProblemAnswers.within(failure, AuthorizationException.class) != null) {
      return NO_RIGHT;
    }
    String known = known(english);
    return known == null ? "操作没有完成，请检查填写的内容（系统原文：" + english + "）" : known;
  }

  private static @Nullable String known(@Nullable String english) {
    for (Sentence sentence : SENTENCES) {
      Matcher matcher = sentence.english.matcher(english == null ? "" : english);
      if (matcher.find()) {
        return matcher.groupCount() == 1 && sentence.chinese.contains("$1")
            ? sentence.chinese.replace("$1", matcher.group(1))
            : sentence.chinese;
      }
    }
    return null;
  }

  private static Sentence said(String english, String chinese) {
    return new Sentence(Pattern.compile(english), chinese);
  }

  private record Sentence(Pattern english, String chinese) {}
}
