package hotline.platform;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Deploys the process models, decision tables and forms under stable relative names, and of those
 * only what changed, so that a table or a form changed alone takes effect alone.
 */
@Component
class ModelDeployment implements SmartLifecycle {
  static final String REGULATIONS = "hotline-regulations";
  static final String SOURCE = "hotline";

  private final RepositoryService repository;
  private boolean done;

  ModelDeployment(RepositoryService repository) {
    this.repository = repository;
  }

  @Override
  public void start() {
    try {
      deploy("hotline-processes", "processes/", "*.bpmn");
      deploy(REGULATIONS, "processes/", "regulations/**/*.dmn");
      deploy("hotline-forms", "forms/", "*.form");
    } catch (IOException e) {
      throw new IllegalStateException("the models cannot be read", e);
    }
    done = true;
  }

  private void deploy(String name, String folder, String pattern) throws IOException {
    DeploymentBuilder deployment =
        repository.createDeployment().name(name).source(SOURCE).enableDuplicateFiltering(true);
    String root = "/" + folder;
    Resource[] found =
        new PathMatchingResourcePatternResolver().getResources("classpath*:" + folder + pattern);
    Arrays.sort(found, Comparator.comparing(ModelDeployment::location));
    for (Resource resource : found) {
      String location = location(resource);
      String stable = folder + location.substring(location.lastIndexOf(root) + root.length());
      try (InputStream in = resource.getInputStream()) {
        deployment.addInputStream(stable, in);
      }
    }
    if (found.length > 0) {
      Retries.atStart(deployment::deploy);
    }
  }

  private static String location(Resource resource) {
    try {
      return resource.getURL().toString();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {
    done = false;
  }

  @Override
  public boolean isRunning() {
    return done;
  }

  /** Before the job executor and the web server: nobody meets a product without its models. */
  @Override
  public int getPhase() {
    return 0;
  }
}
