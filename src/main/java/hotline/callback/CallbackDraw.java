package hotline.callback;

import hotline.Sql;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The draw of YF-21a: eligible orders take the places of a block one after the other, and the one
 * place that is phoned was drawn and recorded before the block began, so that 5 % can be proved.
 */
@Component
class CallbackDraw {
  private final JdbcClient jdbc;
  private final TransactionTemplate apart;
  private final Random random = new SecureRandom();

  CallbackDraw(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.apart = new TransactionTemplate(transactions);
    this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  private record Block(int number, int size, int phonePlace, int taken) {}

  /**
   * Takes the next place for the order; true when it is the place to phone.
   *
   * @param blockSize orders per phone call for blocks that are still to be drawn; a block that has
   *     begun keeps its size
   */
  boolean isDrawnForPhone(
      String company, String orderNumber, int round, int blockSize, Instant now) {
    Block block = current(company, blockSize, now);
    int place = block.taken() + 1;
    jdbc.sql(
            """
            UPDATE callback_block SET places_taken = :place
            WHERE company = :company AND block_number = :block
            """)
        .param("place", place)
        .param("company", company)
        .param("block", block.number())
        .update();
    jdbc.sql(
            """
            INSERT INTO callback_place (company, block_number, place, order_number, round, taken_at)
            VALUES (:company, :block, :place, :order, :round, :at)
            """)
        .param("company", company)
        .param("block", block.number())
        .param("place", place)
        .param("order", orderNumber)
        .param("round", round)
        .param("at", Sql.utc(now))
        .update();
    if (place == block.size()) {
      draw(company, block.number() + 1, blockSize, now);
    }
    return place == block.phonePlace();
  }

  private Block current(String company, int blockSize, Instant now) {
    Block block = newest(company);
    if (block == null) {
      try {
        apart.executeWithoutResult(status -> draw(company, 1, blockSize, now));
      } catch (DuplicateKeyException e) {
        // the company's first block was drawn beside us
      }
      block = newest(company);
    }
    if (block == null) {
      throw new IllegalStateException("no block of the callback draw for " + company);
    }
    return block;
  }

  private @Nullable Block newest(String company) {
    return jdbc.sql(
            """
            SELECT * FROM callback_block WHERE company = :company
            ORDER BY block_number DESC LIMIT 1 FOR UPDATE
            """)
        .param("company", company)
        .query(
            (row, i) ->
                new Block(
                    row.getInt("block_number"),
                    row.getInt("block_size"),
                    row.getInt("phone_place"),
                    row.getInt("places_taken")))
        .optional()
        .orElse(null);
  }

  private void draw(String company, int number, int size, Instant now) {
    jdbc.sql(
            """
            INSERT INTO callback_block
              (company, block_number, block_size, phone_place, places_taken, drawn_at)
            VALUES (:company, :number, :size, :place, 0, :at)
            """)
        .param("company", company)
        .param("number", number)
        .param("size", size)
        .param("place", 1 + random.nextInt(size))
        .param("at", Sql.utc(now))
        .update();
  }
}
