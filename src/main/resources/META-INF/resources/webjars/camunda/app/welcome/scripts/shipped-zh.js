/*
 * What the shipped pages say in English whatever the language, in Chinese: words that stand in their scripts
 * and not in the translation file. Each only at its own place, so that nothing is changed that somebody typed.
 * Ids, keys, types of variables and what stands in the cells of a decision table stay as they are.
 */
const PERMISSIONS = {
  ALL: '全部', NONE: '无', ACCESS: '使用', READ: '读取', UPDATE: '更新', CREATE: '新建', DELETE: '删除',
  SET: '设置', SUSPEND: '挂起', RETRY_JOB: '重试作业', TASK_ASSIGN: '指派任务', TASK_WORK: '办理任务',
  READ_TASK: '读取任务', UPDATE_TASK: '更新任务', READ_VARIABLE: '读取变量', UPDATE_VARIABLE: '更新变量',
  READ_TASK_VARIABLE: '读取任务变量', UPDATE_TASK_VARIABLE: '更新任务变量',
  CREATE_INSTANCE: '新建实例', READ_INSTANCE: '读取实例', UPDATE_INSTANCE: '更新实例', DELETE_INSTANCE: '删除实例',
  SUSPEND_INSTANCE: '挂起实例', MIGRATE_INSTANCE: '迁移实例',
  READ_INSTANCE_VARIABLE: '读取实例变量', UPDATE_INSTANCE_VARIABLE: '更新实例变量',
  READ_HISTORY: '读取历史', UPDATE_HISTORY: '更新历史', DELETE_HISTORY: '删除历史', READ_HISTORY_VARIABLE: '读取历史变量',
  CREATE_BATCH_MIGRATE_PROCESS_INSTANCES: '批处理：迁移流程实例',
  CREATE_BATCH_MODIFY_PROCESS_INSTANCES: '批处理：修改流程实例',
  CREATE_BATCH_RESTART_PROCESS_INSTANCES: '批处理：重启流程实例',
  CREATE_BATCH_DELETE_RUNNING_PROCESS_INSTANCES: '批处理：删除运行中的流程实例',
  CREATE_BATCH_DELETE_FINISHED_PROCESS_INSTANCES: '批处理：删除已结束的流程实例',
  CREATE_BATCH_DELETE_DECISION_INSTANCES: '批处理：删除决策实例',
  CREATE_BATCH_SET_JOB_RETRIES: '批处理：设置作业的重试次数',
  CREATE_BATCH_SET_EXTERNAL_TASK_RETRIES: '批处理：设置外部任务的重试次数',
  CREATE_BATCH_SET_REMOVAL_TIME: '批处理：设置清除时间',
  CREATE_BATCH_UPDATE_PROCESS_INSTANCES_SUSPEND: '批处理：挂起或激活流程实例',
  CREATE_BATCH_SET_VARIABLES: '批处理：设置变量',
  CREATE_BATCH_CORRELATE_MESSAGE: '批处理：关联消息'
};

const HIT_POLICIES = {
  Unique: '唯一', First: '取首条', Priority: '按优先级', Any: '任一', Collect: '汇总', 'Collect (Sum)': '汇总（求和）',
  'Collect (Min)': '汇总（取最小）', 'Collect (Max)': '汇总（取最大）', 'Collect (Count)': '汇总（计数）',
  'Rule order': '按规则顺序', 'Output order': '按输出顺序'
};

const DIAGRAM = { 'zoom in': '放大', 'zoom out': '缩小', 'reset zoom': '恢复原大小' };

const DECISION_TABLE = {
  'Input type': '输入类型', 'Input values': '输入值', 'Input label': '输入名称', 'Input expression': '输入表达式',
  'Output type': '输出类型', 'Output values': '输出值', 'Output label': '输出名称', 'Output name': '输出名称',
  'No overlap is possible and all rules are disjoint. Only a single rule can be matched': '规则互不重叠，只能有一条命中',
  'Rules may overlap. The first matching rule will be chosen': '规则可以重叠，取第一条命中的规则',
  'Rules may overlap. The one with the highest priority will be chosen': '规则可以重叠，取优先级最高的规则',
  'Rules may overlap. Their output have to match': '规则可以重叠，但输出必须相同',
  'Collects the values of all matching rules': '汇总全部命中规则的值',
  'Collects the values of all matching rules and sums up to a single value': '汇总全部命中规则的值并求和',
  'Collects the values of all matching rules and uses the lowest value': '汇总全部命中规则的值，取最小值',
  'Collects the values of all matching rules and uses the highest value': '汇总全部命中规则的值，取最大值',
  'Collects the values of all matching rules and counts the number of them': '统计命中规则的个数',
  'Collects the values of all matching rules in rule order': '按规则顺序汇总全部命中规则的值',
  'Collects the values of all matching rules in decreasing output priority order': '按输出优先级从高到低汇总全部命中规则的值'
};

const TEXTS = [
  ['td.actions', { Actions: '操作' }],
  ['td a[download]', { Download: '下载' }],
  ['a[ng-click^="uploadVariable"]', { Upload: '上传' }],
  ['.loading-text', { 'Loading diagram': '正在加载流程图' }],
  ['p.invalid', { 'Invalid Date Value.': '日期无效。' }],
  ['.tooltip-inner', { 'Suspended Job Definition': '已挂起的作业定义', 'Toggle this section': '展开或收起该部分' }],
  ['.state-label', { State: '状态' }],
  ['td i', { 'Message is null.': '没有消息内容' }],
  ['td.type', {
    'Failed Job': '失败的作业', failedJob: '失败的作业', failedExternalTask: '失败的外部任务',
    'timer-transition': '定时器（边界事件）', 'timer-intermediate-transition': '定时器（中间事件）',
    'timer-start-event': '定时器（开始事件）', 'timer-start-event-subprocess': '定时器（事件子流程）',
    'async-continuation': '异步执行', 'set-job-retries': '设置作业的重试次数',
    'set-external-task-retries': '设置外部任务的重试次数', 'set-removal-time': '设置清除时间',
    'set-variables': '设置变量', 'instance-deletion': '删除流程实例', 'instance-migration': '迁移流程实例',
    'instance-modification': '修改流程实例', 'instance-restart': '重启流程实例',
    'instance-update-suspension-state': '挂起或激活流程实例', 'correlate-message': '关联消息'
  }],
  ['.null-value', { null: '空' }],
  ['td.permissions, dd', PERMISSIONS],
  ['td.permissions .input-group, td.permissions li', { 'Select all': '全选', 'Unselect all': '全不选' }],
  ['.dms-label', { 'Hit policy:': '命中策略：' }],
  ['.hit-policy-value', HIT_POLICIES],
  ['.clause', { When: '当', And: '且', Then: '则' }],
  ['th.annotation', { Annotations: '批注' }],
  ['.view-drd-button', { 'View DRD': '查看决策需求图' }]
];

const ATTRIBUTES = [
  ['button', 'title', DIAGRAM],
  ['.dmn-js-parent [title]', 'title', DECISION_TABLE],
  ['input[type=checkbox]', 'title', { 'Select all': '全选' }],
  ['input', 'placeholder', { Jonny: '', Prosciutto: '', 'j.prosciutto@acme.org': '' }]
];

/* one word or several, with commas between them */
const inChinese = (text, words) => {
  const said = text.trim();
  if (Object.hasOwn(words, said)) return text.replace(said, words[said]);
  const parts = said.split(', ');
  return parts.length > 1 && parts.every(part => Object.hasOwn(words, part))
    ? parts.map(part => words[part]).join('、')
    : text;
};

const sayText = node => {
  const place = node.parentElement;
  if (!place || !node.data.trim()) return;
  if (place.matches('[notifications-panel] .message') && node.data.startsWith('Error: ')) node.data = node.data.slice(7);
  for (const [selector, words] of TEXTS) {
    const text = place.closest(selector) ? inChinese(node.data, words) : node.data;
    if (text !== node.data) node.data = text;
  }
};

const sayAttributes = element => {
  for (const [selector, name, words] of ATTRIBUTES) {
    const value = element.getAttribute(name);
    if (value && Object.hasOwn(words, value) && element.matches(selector)) element.setAttribute(name, words[value]);
  }
};

const sayAll = root => {
  if (root.nodeType === Node.TEXT_NODE) return sayText(root);
  if (root.nodeType !== Node.ELEMENT_NODE) return undefined;
  sayAttributes(root);
  root.querySelectorAll('[title], [placeholder]').forEach(sayAttributes);
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) sayText(texts.currentNode);
  return undefined;
};

const watch = () => {
  sayAll(document.documentElement);
  new MutationObserver(changes => {
    for (const { type, target, addedNodes } of changes) {
      if (type === 'childList') addedNodes.forEach(sayAll);
      else if (type === 'attributes') sayAttributes(target);
      else sayText(target);
    }
  }).observe(document.documentElement, {
    childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['title', 'placeholder']
  });
};

window.angular.module('ngLocale').run([
  '$rootScope',
  '$injector',
  ($rootScope, $injector) => {
    if (!$injector.has('$translate')) return;
    const stop = $rootScope.$on('$translateChangeEnd', () => {
      if ($injector.get('$translate').use() !== 'zh') return;
      stop();
      watch();
    });
  }
]);
