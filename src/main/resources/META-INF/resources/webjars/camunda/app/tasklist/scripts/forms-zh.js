/* What form-js says in English, in Chinese: it has no translation of its own. */
const WORDS = {
  Select: '请选择', Search: '输入文字查找', 'Nothing to show.': '没有内容',
  'yyyy/mm/dd': '年/月/日', 'hh:mm': '时:分',
  'Date and time must both be entered.': '日期和时间要一起填写，只填一项不会保存',
  'Field is required.': '此项必填', 'Value is not a number.': '请填写数字',
  Sun: '日', Mon: '一', Tue: '二', Wed: '三', Thu: '四', Fri: '五', Sat: '六'
};
'January February March April May June July August September October November December'
  .split(' ').forEach((month, i) => (WORDS[month] = `${i + 1}月`));
const chinese = text => WORDS[text.trim()]
  || text.replace(/^Field must have maximum length of (\d+)\.$/, '最多$1个字，请缩短')
    .replace(/^Field must have minimum value of (.+)\.$/, '不能小于$1')
    .replace(/^Field must have maximum value of (.+)\.$/, '不能大于$1');
const OURS = '.fjs-select-placeholder, .fjs-form-field-error, .flatpickr-weekday, .flatpickr-monthDropdown-month';
const translate = root => {
  const all = selector => [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];
  for (const place of all(OURS)) {
    const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = chinese(texts.currentNode.data);
      if (text !== texts.currentNode.data) texts.currentNode.data = text;
    }
  }
  for (const input of all('.fjs-container input[placeholder]')) {
    const text = WORDS[input.placeholder];
    if (text) input.placeholder = text;
  }
};
new MutationObserver(changes => {
  for (const { target, addedNodes } of changes) {
    const element = target.nodeType === 1 ? target : target.parentElement;
    if (element?.closest('.fjs-container')) translate(element.closest('.fjs-form-field, .flatpickr-calendar') || element);
    for (const node of addedNodes) if (node.nodeType === 1 && (node.closest('.fjs-container') || node.querySelector('.fjs-container'))) translate(node);
  }
}).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
