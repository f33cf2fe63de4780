package hotline;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Hotline: the work-order process application of water, gas and heating hotlines. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class Hotline {
  public static void main(String[] args) {
    SpringApplication.run(Hotline.class, args);
  }
}
