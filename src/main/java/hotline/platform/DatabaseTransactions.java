package hotline.platform;

import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;

@Configuration(proxyBeanMethods = false)
class DatabaseTransactions {
  @Bean
  JdbcTransactionManager transactionManager(
      DataSource database, @Value("${spring.datasource.url}") String url) {
    return H2File.of(url).isPresent()
        ? new TurnByTurn(database)
        : new JdbcTransactionManager(database);
  }
}
