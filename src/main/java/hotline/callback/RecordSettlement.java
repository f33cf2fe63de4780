package hotline.callback;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** 登记结算日期: works are called back once they are settled (YF-20). */
public record RecordSettlement(@Nullable LocalDate settledOn) {}
