/*
 * The list sorts itself by what is most urgent, and what is typed of a caller is not kept in the browser:
 * the shipped "save" button would leave it on a shared desk's disk in clear text.
 * What leads nowhere here is not offered: the record of an order stands in its form, no task has a
 * description, comments are not read by anybody, and a task without an order belongs to nobody.
 */
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
    views.getProviders = query => all.call(views, query).filter(view => !NOT_OFFERED.includes(view.id));
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
