/*
 * The list sorts itself by what is most urgent, and what is typed of a caller is not kept in the browser:
 * the shipped "save" button would leave it on a shared desk's disk in clear text.
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

window.angular.module('ngLocale').run([
  '$rootScope',
  '$injector',
  ($rootScope, $injector) => {
    const $location = $injector.get('$location');
    $rootScope.$on('$routeChangeSuccess', () => {
      if ($location.path() === '/' && !$location.search().sorting) {
        $location.search('sorting', MOST_URGENT).replace();
      }
    });
  }
]);
