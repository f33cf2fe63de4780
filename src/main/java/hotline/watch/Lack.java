package hotline.watch;

/** Why nobody would act on an open order. */
enum Lack {
  NO_INSTANCE("流程实例已不存在，系统不会再为它生成任务或提醒"),
  NO_STEP("没有人的待办任务，也没有会自行到期的等待步骤"),
  FAILED_JOB("流程中的一步执行失败，重试已用完");

  private final String sentence;

  Lack(String sentence) {
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }
}
