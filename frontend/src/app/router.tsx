import type { QueryClient } from '@tanstack/react-query';
import { createRouter, type RouterHistory } from '@tanstack/react-router';
import { LoadingPage } from '@/shared/states/states';
import { parseSearch, stringifySearch } from './address';
import { PageError } from './shell/refusals';
import { agreementRoutes } from './routes/agreements';
import { commonRoutes, entrances, house, root } from './routes/house';
import { fundingRoutes } from './routes/funding';
import { settingsRoutes } from './routes/settings';
import { stakeholderRoutes } from './routes/stakeholders';
import { workRoutes } from './routes/work';

/** Every screen; each file of routes says what its screens need. */
const tree = root.addChildren([
  ...entrances,
  house.addChildren([
    ...commonRoutes,
    ...stakeholderRoutes,
    ...workRoutes,
    ...fundingRoutes,
    ...agreementRoutes,
    settingsRoutes,
  ]),
]);

/** A test hands in a history of its own. */
export function makeRouter(queryClient: QueryClient, history?: RouterHistory) {
  return createRouter({
    routeTree: tree,
    ...(history && { history }),
    context: { queryClient },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPendingComponent: LoadingPage,
    defaultPendingMs: 250,
    defaultErrorComponent: PageError,
    scrollRestoration: true,
    scrollToTopSelectors: ['#main'],
  });
}
