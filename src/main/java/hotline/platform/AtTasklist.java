package hotline.platform;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Whoever is logged in at the web apps, for the few calls of our own that their pages make: they
 * lie under the web apps' address, behind its login and its guard against other websites.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface AtTasklist {
  String PATH = "/camunda/api/hotline";
}
