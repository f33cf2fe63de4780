package hotline.callback;

import hotline.Sql;
import java.security.SecureRandom;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Objects;
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

  private record Block(int number, int size, int phonePlace, int taken, @Nullable LocalDate week) {}

  /** What the draw says of an order, and why. */
  record Place(boolean phone, String why) {}

  /**
   * Takes the next place for the order; true when it is the place to phone.
   *
   * @param blockSize orders per phone call for blocks that are still to be drawn; a block that has
   *     begun keeps its size
   */
  boolean isDrawnForPhone(
      String company, String orderNumber, int round, int blockSize, Instant now) {
    return take(company, orderNumber, round, current(company, blockSize, now), now).phone();
  }

  /**
   * The draw by weeks (YC-14, not less than 5 % and at least one in any week with orders): every
   * week begins a new block; its first order is phoned, and so is the place drawn in each block (in
   * the week's first block never the first place, so that it is one more). Thus n orders of a week
   * bring at least n/20 calls, rounded up, however the week ends.
   *
   * @param zone in which the week begins, on Monday at 00:00
   */
  Place takeWeekly(
      String company, String orderNumber, int round, int blockSize, Instant now, ZoneId zone) {
    LocalDate week = weekOf(now.atZone(zone).toLocalDate());
    Block block = newest(company);
    if (block == null || !week.equals(block.week())) {
      int number = block == null ? 1 : block.number() + 1;
      int place = 2 + random.nextInt(blockSize - 1);
      drawApart(company, number, blockSize, place, now, week);
      block = Objects.requireNonNull(newest(company));
    }
    Taken taken = take(company, orderNumber, round, block, now);
    boolean first = taken.place() == 1 && isFirstOfWeek(company, block);
    return first
        ? new Place(true, "本周首单，电话回访")
        : new Place(taken.phone(), taken.phone() ? "抽中电话回访" : "本周抽样未抽中，免回访");
  }

  /** The Monday with which the day's week begins. */
  static LocalDate weekOf(LocalDate day) {
    return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  private boolean isFirstOfWeek(String company, Block block) {
    return jdbc.sql(
                """
                SELECT COUNT(*) FROM callback_block
                WHERE company = :company AND block_number = :before AND week_of = :week
                """)
            .param("company", company)
            .param("before", block.number() - 1)
            .param("week", block.week())
            .query(Integer.class)
            .single()
        == 0;
  }

  private record Taken(int place, boolean phone) {}

  private Taken take(String company, String orderNumber, int round, Block block, Instant now) {
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
      int next = 1 + random.nextInt(block.size());
      draw(company, block.number() + 1, block.size(), next, now, block.week());
    }
    return new Taken(place, place == block.phonePlace());
  }

  private Block current(String company, int blockSize, Instant now) {
    Block block = newest(company);
    if (block == null) {
      drawApart(company, 1, blockSize, 1 + random.nextInt(blockSize), now, null);
      block = newest(company);
    }
    if (block == null) {
      throw new IllegalStateException("no block of the callback draw for " + company);
    }
    return block;
  }

  private void drawApart(
      String company, int number, int size, int place, Instant now, @Nullable LocalDate week) {
    try {
      apart.executeWithoutResult(status -> draw(company, number, size, place, now, week));
    } catch (DuplicateKeyException e) {
      // the block was drawn beside us
    }
  }

  /** The block whose next place is free, held; null before the company's first. */
  private @Nullable Block newest(String company) {
    Block block = held(company);
    while (block != null && block.taken() >= block.size()) {
      // who waited here for the last place still reads that block, and the next one is drawn
      block = held(company);
    }
    return block;
  }

  private @Nullable Block held(String company) {
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
                    row.getInt("places_taken"),
                    row.getObject("week_of", LocalDate.class)))
        .optional()
        .orElse(null);
  }

  private void draw(
      String company, int number, int size, int phonePlace, Instant now, @Nullable LocalDate week) {
    jdbc.sql(
            """
            INSERT INTO callback_block
              (company, block_number, block_size, phone_place, places_taken, drawn_at, week_of)
            VALUES (:company, :number, :size, :place, 0, :at, :week)
            """)
        .param("company", company)
        .param("number", number)
        .param("size", size)
        .param("place", phonePlace)
        .param("week", week)
        .param("at", Sql.utc(now))
        .update();
  }
}
