/*
 * What zh.json does not reach, in all four web apps: the date picker takes its words from Angular, which
 * speaks English only, and Cockpit writes its first page title before the translation has been loaded.
 *
 * And the login page calls the cursor back to the name a moment after it has come up: whoever types fast
 * would write the rest of the password into the name, for all to read. Once is enough.
 * (On the window: the web apps have replaced document.addEventListener by one that drops 'focusin'.)
 */
window.addEventListener('focusin', ({ target }) => {
  if (target.form?.name === 'signinForm') {
    target.form.querySelector('[autofocus]')?.removeAttribute('autofocus');
  }
});

const months = Array.from({ length: 12 }, (_, i) => `${i + 1}月`);

window.angular.module('ngLocale').run([
  '$locale',
  '$rootScope',
  '$injector',
  ($locale, $rootScope, $injector) => {
    if (!$injector.has('$translate')) return;
    const $translate = $injector.get('$translate');

    $rootScope.$on('$translateChangeEnd', () => {
      document.title = document.title.replace(/\b[A-Z]+_[A-Z_]+$/, key => $translate.instant(key));
      if ($translate.use() !== 'zh') return;

      Object.assign($locale.DATETIME_FORMATS, {
        MONTH: months,
        SHORTMONTH: months,
        STANDALONEMONTH: months,
        DAY: [...'日一二三四五六'].map(day => `星期${day}`),
        SHORTDAY: [...'日一二三四五六'],
        AMPMS: ['上午', '下午']
      });
      if ($injector.has('uibDatepickerConfig')) {
        Object.assign($injector.get('uibDatepickerConfig'), {
          formatDayTitle: 'yyyy年M月',
          formatMonthTitle: 'yyyy年',
          startingDay: 1
        });
      }
    });
  }
]);
