// Money: what came, what is planned, and what the board sees of it.

import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import {
  bankSearch,
  dashboardSearch,
  incomeSearch,
  forecastSearch,
  whatIfSearch,
  yearSearch,
} from '@/features/funding/search';
import { expensesSearch } from '@/features/funding/budget/search';
import { feesSearch } from '@/features/funding/fees/search';
import { chosenView, need } from '../guard';
import { house } from './house';

const funding = createRoute({
  getParentRoute: () => house,
  path: '/funding',
  beforeLoad: need('finance:read'),
  validateSearch: dashboardSearch,
  component: lazyRouteComponent(() => import('@/features/funding/DashboardPage'), 'DashboardPage'),
});
const income = createRoute({
  getParentRoute: () => house,
  path: '/funding/income',
  beforeLoad: async ({ context, search }) => {
    need('finance:read')({ context });
    const view = await chosenView(context.queryClient, 'income', search);
    if (view) throw redirect({ to: '/funding/income', search: incomeSearch({ ...view }) });
  },
  validateSearch: incomeSearch,
  component: lazyRouteComponent(() => import('@/features/funding/IncomePage'), 'IncomePage'),
});
const forecast = createRoute({
  getParentRoute: () => house,
  path: '/funding/forecast',
  beforeLoad: need('finance:read'),
  validateSearch: forecastSearch,
  component: lazyRouteComponent(() => import('@/features/funding/ForecastPage'), 'ForecastPage'),
});
const whatIf = createRoute({
  getParentRoute: () => house,
  path: '/funding/what-if',
  beforeLoad: need('finance:read'),
  validateSearch: whatIfSearch,
  component: lazyRouteComponent(() => import('@/features/funding/WhatIfPage'), 'WhatIfPage'),
});
const reserves = createRoute({
  getParentRoute: () => house,
  path: '/funding/reserves',
  beforeLoad: need('finance:read'),
  component: lazyRouteComponent(() => import('@/features/funding/ReservesPage'), 'ReservesPage'),
});
const boardPacks = createRoute({
  getParentRoute: () => house,
  path: '/funding/board',
  beforeLoad: need('finance:read'),
  component: lazyRouteComponent(() => import('@/features/funding/board/BoardPage'), 'BoardPage'),
});
const boardPack = createRoute({
  getParentRoute: () => house,
  path: '/funding/board/$id',
  beforeLoad: need('finance:read'),
  component: lazyRouteComponent(() => import('@/features/funding/board/PackPage'), 'PackPage'),
});
const embeds = createRoute({
  getParentRoute: () => house,
  path: '/funding/embeds',
  beforeLoad: need('finance:read'),
  component: lazyRouteComponent(() => import('@/features/funding/board/EmbedsPage'), 'EmbedsPage'),
});
const budget = createRoute({
  getParentRoute: () => house,
  path: '/funding/budget',
  beforeLoad: need('finance:read'),
  validateSearch: yearSearch,
  component: lazyRouteComponent(() => import('@/features/funding/budget/BudgetPage'), 'BudgetPage'),
});
const budgetVersion = createRoute({
  getParentRoute: () => house,
  path: '/funding/budgets/$id',
  beforeLoad: need('finance:read'),
  component: lazyRouteComponent(
    () => import('@/features/funding/budget/VersionPage'),
    'VersionPage',
  ),
});
const expenses = createRoute({
  getParentRoute: () => house,
  path: '/funding/expenses',
  beforeLoad: need('finance:read'),
  validateSearch: expensesSearch,
  component: lazyRouteComponent(
    () => import('@/features/funding/budget/ExpensesPage'),
    'ExpensesPage',
  ),
});
const expenseImport = createRoute({
  getParentRoute: () => house,
  path: '/funding/expenses/import',
  beforeLoad: need('finance:write'),
  component: lazyRouteComponent(
    () => import('@/features/funding/budget/ExpenseImportPage'),
    'ExpenseImportPage',
  ),
});
const places = createRoute({
  getParentRoute: () => house,
  path: '/funding/projects',
  beforeLoad: need('finance:read'),
  component: lazyRouteComponent(() => import('@/features/funding/budget/PlacesPage'), 'PlacesPage'),
});
const incomeImport = createRoute({
  getParentRoute: () => house,
  path: '/funding/import',
  beforeLoad: need('finance:write'),
  component: lazyRouteComponent(() => import('@/features/funding/ImportPage'), 'ImportPage'),
});
const fees = createRoute({
  getParentRoute: () => house,
  path: '/funding/fees',
  beforeLoad: need('finance:read'),
  validateSearch: feesSearch,
  component: lazyRouteComponent(() => import('@/features/funding/fees/FeesPage'), 'FeesPage'),
});
const giftImport = createRoute({
  getParentRoute: () => house,
  path: '/funding/import/gifts',
  beforeLoad: need('finance:write'),
  component: lazyRouteComponent(
    () => import('@/features/funding/gifts/GiftImportPage'),
    'GiftImportPage',
  ),
});
const bank = createRoute({
  getParentRoute: () => house,
  path: '/funding/bank',
  beforeLoad: need('finance:write'),
  validateSearch: bankSearch,
  component: lazyRouteComponent(() => import('@/features/funding/bank/BankPage'), 'BankPage'),
});
const statements = createRoute({
  getParentRoute: () => house,
  path: '/funding/bank/statements',
  beforeLoad: need('finance:write'),
  component: lazyRouteComponent(
    () => import('@/features/funding/bank/StatementsPage'),
    'StatementsPage',
  ),
});
export const fundingRoutes = [
  funding,
  income,
  forecast,
  whatIf,
  reserves,
  boardPacks,
  boardPack,
  embeds,
  budget,
  budgetVersion,
  expenses,
  expenseImport,
  places,
  incomeImport,
  fees,
  giftImport,
  bank,
  statements,
] as const;
