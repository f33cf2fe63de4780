/*
 * The list sorts itself by what is most urgent, and what is typed of a caller is not kept in the browser:
 * the shipped "save" button would leave it on a shared desk's disk in clear text.
 * What leads nowhere here is not offered: the record of an order stands in its form, no task has a
 * description, comments are not read by anybody, and a task without an order belongs to nobody.
 * A customer's number is masked in every form; whoever must call gets it by one click, which is on the record.
 */
import { LOOK_UP } from './orders.js';
import { phone } from './page.js';

const MOST_URGENT = JSON.stringify([
  { sortBy: 'priority', sortOrder: 'desc', parameters: {} },
  { sortBy: 'dueDate', sortOrder: 'asc', parameters: {} }
]);

const forgetDrafts = () =>
  Object.keys(localStorage)
    .filter(key => key.startsWith('camunda-form:'))
    .forEach(key => localStorage.removeItem(key));

window.addEventListener('pagehide', forgetDrafts);
forgetDrafts();

const openTask = () => new URLSearchParams(location.hash.split('?')[1] || '').get('task');

/* beside the field, not in it: the form draws its fields anew whenever something is typed */
const offerPhone = customer => {
  const task = openTask();
  const place = customer.closest('.fjs-form-field');
  const known = place.querySelector('.desk-phone');
  if (known && known.dataset.task === task) return;
  if (known) known.remove();
  if (!task || !customer.value.includes('*')) return;
  const shown = phone(`tasks/${encodeURIComponent(task)}`, (failure, reveal) => {
    reveal.textContent = failure.message || '没有查到，请再点一次';
  });
  shown.dataset.task = task;
  place.append(shown);
};

const customerFields = () =>
  [...document.querySelectorAll('.fjs-container label')]
    .filter(label => label.textContent.trim() === '客户')
    .map(label => document.getElementById(label.htmlFor))
    .filter(field => field);

new MutationObserver(() => customerFields().forEach(offerPhone))
  .observe(document.documentElement, { childList: true, subtree: true, characterData: true });

const NOT_OFFERED = [
  'create-task-action',
  'task-action-comment',
  'task-detail-history',
  'task-detail-description'
];

window.angular.module('ngLocale').run([
  '$rootScope',
  '$injector',
  ($rootScope, $injector) => {
    const $location = $injector.get('$location');
    const views = $injector.get('Views');
    const all = views.getProviders;
    views.getProviders = query => {
      const offered = all.call(views, query).filter(view => !NOT_OFFERED.includes(view.id));
      return query.component === LOOK_UP.component ? [LOOK_UP, ...offered] : offered;
    };
    // the styles hide what only an administrator, or only somebody with the Cockpit, can use
    $rootScope.$watch('authentication.authorizedApps', apps => {
      const may = app => (apps || []).includes(app);
      document.documentElement.classList.toggle('desk-without-admin', !may('admin'));
      document.documentElement.classList.toggle('desk-without-cockpit', !may('cockpit'));
    }, true);
    $rootScope.$on('$routeChangeSuccess', () => {
      if ($location.path() === '/' && !$location.search().sorting) {
        $location.search('sorting', MOST_URGENT).replace();
      }
    });
  }
]);
