package hotline.callback;

import hotline.Actor;
import hotline.platform.Transactions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Inbound SMS, as the provider hands them over (contract). */
@RestController
@RequestMapping("/api/sms-replies")
@Tag(name = "短信")
class SmsReplyApi {
  private final Callbacks callbacks;
  private final Transactions transactions;

  SmsReplyApi(Callbacks callbacks, Transactions transactions) {
    this.callbacks = callbacks;
    this.transactions = transactions;
  }

  @Operation(summary = "客户的短信回复；重复的 messageId 只记一次")
  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  void take(@Parameter(hidden = true) Actor actor, @RequestBody SmsReply reply) {
    try {
      transactions.as(
          actor,
          () -> {
            callbacks.smsReplied(actor, reply);
            return reply;
          });
    } catch (DuplicateKeyException e) {
      // the provider sent the same message twice at once, or something else is wrong
      if (!callbacks.isKnown(reply.messageId())) {
        throw e;
      }
    }
  }
}
