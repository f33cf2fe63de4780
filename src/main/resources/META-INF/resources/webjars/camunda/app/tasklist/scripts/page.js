/* What the scripts of the Tasklist have in common. */
const token = () => decodeURIComponent((/(?:^|; )XSRF-TOKEN=([^;]*)/.exec(document.cookie) || [])[1] || '');

/* one of our own calls, behind the Tasklist's login; with a body it is a POST */
export const ask = (path, body) =>
  fetch(`${document.querySelector('base').getAttribute('app-root')}/api/hotline/${path}`, {
    method: body ? 'POST' : 'GET',
    credentials: 'same-origin',
    headers: { 'X-XSRF-TOKEN': token(), Accept: 'application/json', 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body)
  }).then(answer => answer.json().then(told => {
    if (!answer.ok) throw new Error(told.detail || told.message);
    return told;
  }));

export const element = (name, style = '', text = '') => {
  const made = document.createElement(name);
  if (style) made.className = style;
  made.textContent = text;
  return made;
};

export const button = (label, click) => {
  const made = element('button', 'btn btn-default btn-sm', label);
  made.type = 'button';
  made.addEventListener('click', click);
  return made;
};

/* the number that is masked everywhere else, for whoever must call: by a click, which is on the record */
export const phone = (whose, failed) => {
  const place = element('span', 'desk-phone');
  const reveal = button('显示号码', () => {
    reveal.disabled = true;
    ask(`${whose}/phone`, {}).then(
      told => { place.textContent = [told.phone, ...told.others].join('　'); },
      failure => { reveal.disabled = false; failed(failure, reveal); });
  });
  reveal.title = '查看全号会记入办理记录';
  place.append(reveal);
  return place;
};
