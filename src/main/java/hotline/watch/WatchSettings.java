package hotline.watch;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How often is looked, and from when on it is an alarm.
 *
 * @param watchdog whether this node looks for orders that nobody would act on
 * @param grace how long nothing must have happened to such an order
 * @param actWithin by when the person is to have put it right
 * @param mostTasks how many such tasks one look makes at most; the rest follows with the next
 * @param figures how often orders, tasks, jobs and notices are counted
 * @param writeProbe how long the answer whether the database can be written holds
 * @param writeTimeout after how long a write without an answer counts as failed
 * @param jobsLate how late a due engine job may be executed
 * @param noticesLate how late a due notice may leave
 * @param freeSpace how much of a disk must be free
 */
@ConfigurationProperties("hotline.watch")
record WatchSettings(
    @DefaultValue("true") boolean watchdog,
    @DefaultValue("PT2M") Duration grace,
    @DefaultValue("PT30M") Duration actWithin,
    @DefaultValue("100") int mostTasks,
    @DefaultValue("PT30S") Duration figures,
    @DefaultValue("PT5S") Duration writeProbe,
    @DefaultValue("PT5S") Duration writeTimeout,
    @DefaultValue("PT2M") Duration jobsLate,
    @DefaultValue("PT10M") Duration noticesLate,
    @DefaultValue("1GB") DataSize freeSpace) {}
