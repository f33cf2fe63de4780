/*
 * 查单: the customer rings again, or somebody wants to know how far an order is. Found by number, telephone or
 * words, read as far as the person may, and urged, supplemented or withdrawn without leaving the task that is open.
 * What is looked for never stands in an address, and nothing is left in the page once the window is closed.
 */
import { ask, button, element, phone } from './page.js';

const dialog = element('dialog', 'orders');
dialog.setAttribute('aria-label', '查单');

const said = element('p', 'orders-said');
said.setAttribute('role', 'status');
const company = element('select', 'form-control');
company.setAttribute('aria-label', '公司');
const what = element('input', 'form-control');
what.placeholder = '工单编号、客户电话、地址或反映内容；不填就是最新的';
what.setAttribute('aria-label', '查找内容');
what.maxLength = 200;
what.autocomplete = 'off';
const list = element('div', 'orders-list');
const sheet = element('section', 'orders-sheet');

const tell = (sentence, failed = false) => {
  if (!dialog.open) return;
  said.textContent = sentence;
  said.classList.toggle('failed', failed);
};
const reason = failure => failure.message || '没有成功，请再点一次';
const failed = failure => tell(reason(failure), true);

/* an answer that comes after the next question is not shown any more */
let asked = 0;
const latest = (call, show) => {
  const mine = ++asked;
  return call.then(answer => mine === asked && show(answer), failure => mine === asked && failed(failure));
};

const mark = number =>
  list.querySelectorAll('button[data-number]').forEach(line =>
    line.setAttribute('aria-current', String(line.dataset.number === number)));

const open = number => {
  tell('');
  mark(number);
  return latest(ask(`orders/${encodeURIComponent(number)}`), show);
};

const part = (order, { label, text }) => {
  const said = element('dd');
  if (label === '关联工单') {
    text.split('、').forEach(other => said.append(button(other, () => open(other))));
  } else {
    said.textContent = text;
  }
  if (label === '客户' && order.phone) said.append(' ', phone(`orders/${encodeURIComponent(order.number)}`, failed));
  return [element('dt', '', label), said];
};

const acting = (order, act) => {
  const form = element('form', 'orders-act');
  const send = button(`确定${act.label}`, () => {});
  send.type = 'submit';
  send.className = 'btn btn-primary btn-sm';
  const note = element('textarea', 'form-control');
  note.rows = 3;
  note.setAttribute('aria-label', act.note);
  note.placeholder = act.note;
  form.append(...(act.note ? [note] : []), send, button('取消', () => form.remove()));
  form.addEventListener('submit', event => {
    event.preventDefault();
    if (act.must && !note.value.trim()) {
      tell(`请填写${act.note.replace('（必填）', '')}`, true);
      note.focus();
      return;
    }
    form.inert = true;
    ask(`orders/${encodeURIComponent(order.number)}/acts`, { act: act.code, note: note.value }).then(
      changed => {
        if (form.isConnected) {
          asked++;
          show(changed);
        }
        tell(`${order.number} 已${act.label}，记入办理记录`);
      },
      failure => {
        form.inert = false;
        // another order may stand there by now
        tell(form.isConnected ? reason(failure) : `${order.number} 未能${act.label}：${reason(failure)}`, true);
      });
  });
  return { form, note };
};

const show = order => {
  const acts = element('div', 'orders-acts');
  order.acts.forEach(act => acts.append(button(act.label, () => {
    sheet.querySelector('.orders-act')?.remove();
    tell('');
    const { form, note } = acting(order, act);
    acts.after(form);
    note.focus();
  })));
  const parts = element('dl');
  order.parts.forEach(each => parts.append(...part(order, each)));
  sheet.replaceChildren(element('h3', '', order.title), acts, parts);
  sheet.scrollTop = 0;
  const line = list.querySelector(`button[data-number="${CSS.escape(order.number)}"] .state`);
  if (line) line.textContent = order.title.replace(`${order.number} · `, '');
};

const line = order => {
  const entry = button('', () => open(order.number));
  entry.className = 'orders-line';
  entry.dataset.number = order.number;
  entry.append(
    element('strong', '', order.number),
    element('span', 'state', order.title),
    element('span', '', `${order.received}　${order.customer}`),
    element('span', '', order.place));
  return entry;
};

const find = after => latest(
  ask('orders/search', { company: company.value, what: what.value.trim(), after }),
  ({ items, next }) => {
    if (after) {
      list.querySelector('.orders-more').remove();
    } else {
      list.replaceChildren();
      sheet.replaceChildren();
    }
    list.append(...items.map(line));
    if (next) {
      const more = button(items.length ? '更多' : '继续往前找', () => find(next));
      more.classList.add('orders-more');
      list.append(more);
    }
    const none = !list.querySelector('.orders-line');
    tell(none && !next ? '没有找到。请核对编号或电话；地址和反映内容可以只填其中几个字' : '');
    if (!after && items.length === 1 && !next) open(items[0].number);
  });

const form = element('form', 'orders-find');
const go = button('查找', () => {});
go.type = 'submit';
go.className = 'btn btn-primary';
form.append(company, what, go);
form.addEventListener('submit', event => {
  event.preventDefault();
  find();
});

const close = button('×', () => dialog.close());
close.className = 'close';
close.setAttribute('aria-label', '关闭');
const body = element('div', 'orders-body');
body.append(list, sheet);
dialog.append(close, element('h2', '', '查单'), form, said, body);
dialog.addEventListener('close', () => {
  asked++;
  what.value = '';
  list.replaceChildren();
  sheet.replaceChildren();
  said.textContent = '';
});

const start = () => {
  if (!dialog.isConnected) document.body.append(dialog);
  if (!dialog.open) dialog.showModal();
  what.focus();
  ask('orders/companies').then(companies => {
    company.replaceChildren(...companies.map(({ code, name }) => new Option(name, code)));
    company.hidden = companies.length < 2;
    if (!companies.length) tell('您不属于任何公司，请联系管理员', true);
  }, failed);
};

export const LOOK_UP = {
  id: 'look-up-order-action',
  component: 'tasklist.navbar.action',
  priority: 110,
  template:
    '<a href ng-click="lookUp()" title="按编号、电话、地址查工单；客户催办、补充、撤单">'
    + '<span class="glyphicon glyphicon-search"></span> 查单</a>',
  // made with "new", which an arrow function does not allow
  controller: ['$scope', function (scope) { scope.lookUp = start; }]
};
