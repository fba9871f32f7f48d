// What is open before signing in, and what everybody finds behind it.

import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import { everythingSearch } from '@/features/search/search';
import { setupSearch, signInSearch } from '@/features/session/search';
import { requireSession } from '../guard';
import { NotFound } from '../shell/refusals';
import { Shell } from '../shell/Shell';

export const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFound,
});
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/signin',
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import('@/features/session/SignInPage'), 'SignInPage'),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: setupSearch,
  component: lazyRouteComponent(() => import('@/features/session/SetupPage'), 'SetupPage'),
});
/** Everything else stands in the shell and needs a session. */
export const house = createRoute({
  getParentRoute: () => root,
  id: 'house',
  beforeLoad: async ({ context, location }) => ({
    session: await requireSession(context.queryClient, location.href),
  }),
  component: Shell,
  notFoundComponent: NotFound,
});
const nowhere = createRoute({ getParentRoute: () => house, path: '$', component: NotFound });
const home = createRoute({
  getParentRoute: () => house,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/home/HomePage'), 'HomePage'),
});
const search = createRoute({
  getParentRoute: () => house,
  path: '/search',
  validateSearch: everythingSearch,
  component: lazyRouteComponent(() => import('@/features/search/SearchPage'), 'SearchPage'),
});
const account = createRoute({
  getParentRoute: () => house,
  path: '/account',
  component: lazyRouteComponent(() => import('@/features/session/AccountPage'), 'AccountPage'),
});

export const entrances = [signIn, setup] as const;
export const commonRoutes = [home, nowhere, search, account] as const;
