// Every screen and what it needs, on one page: this file may be long.
/* eslint-disable max-lines */
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  type RouterHistory,
} from '@tanstack/react-router';
import {
  agreementsSearch,
  asOfSearch,
  newAgreementSearch,
  obligationsSearch,
  tunesSearch,
} from '@/features/agreements/search';
import { callsSearch } from '@/features/calls/search';
import { casesSearch } from '@/features/diligence/search';
import { duplicatesSearch, mergeSearch } from '@/features/duplicates/search';
import {
  bankSearch,
  dashboardSearch,
  incomeSearch,
  forecastSearch,
  whatIfSearch,
  yearSearch,
} from '@/features/funding/search';
import { fundersSearch, funderSearch } from '@/features/funding/awards/search';
import { expensesSearch } from '@/features/funding/budget/search';
import { feesSearch } from '@/features/funding/fees/search';
import { mailSearch } from '@/features/mail/search';
import { newSearch, pipelineSearch } from '@/features/pipeline/search';
import { everythingSearch } from '@/features/search/search';
import { setupSearch, signInSearch } from '@/features/session/search';
import { auditSearch } from '@/features/settings/audit/search';
import { runsSearch } from '@/features/settings/jobs/search';
import { reviewsSearch } from '@/features/settings/privacy/search';
import { deliveriesSearch } from '@/features/settings/webhooks/search';
import { stakeholdersSearch } from '@/features/stakeholders/search';
import { tasksSearch } from '@/features/tasks/search';
import { continuitySearch } from '@/features/ties/search';
import { LoadingPage } from '@/shared/states/states';
import { parseSearch, stringifySearch } from './address';
import { chosenView, need, requireSession } from './guard';
import { NotFound, PageError } from './shell/refusals';
import { Shell } from './shell/Shell';

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFound,
});

// Before signing in.
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

// Everything else stands in the shell and needs a session.
const house = createRoute({
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

const stakeholders = createRoute({
  getParentRoute: () => house,
  path: '/stakeholders',
  beforeLoad: async ({ context, search }) => {
    need('stakeholders:read')({ context });
    const view = await chosenView(context.queryClient, 'stakeholders', search);
    if (view) throw redirect({ to: '/stakeholders', search: stakeholdersSearch({ ...view }) });
  },
  validateSearch: stakeholdersSearch,
  component: lazyRouteComponent(
    () => import('@/features/stakeholders/ListPage'),
    'StakeholderListPage',
  ),
});
const stakeholderNew = createRoute({
  getParentRoute: () => house,
  path: '/stakeholders/new',
  beforeLoad: need('stakeholders:write'),
  component: lazyRouteComponent(
    () => import('@/features/stakeholders/NewPage'),
    'StakeholderNewPage',
  ),
});
const stakeholderEdits = createRoute({
  getParentRoute: () => house,
  path: '/stakeholders/edits',
  beforeLoad: need('stakeholders:read'),
  component: lazyRouteComponent(() => import('@/features/stakeholders/EditsPage'), 'EditsPage'),
});
const stakeholder = createRoute({
  getParentRoute: () => house,
  path: '/stakeholders/$id',
  beforeLoad: need('stakeholders:read'),
  component: lazyRouteComponent(() => import('./StakeholderPage'), 'StakeholderPage'),
});
const duplicates = createRoute({
  getParentRoute: () => house,
  path: '/stakeholders/duplicates',
  beforeLoad: need('stakeholders:write'),
  validateSearch: duplicatesSearch,
  component: lazyRouteComponent(
    () => import('@/features/duplicates/DuplicatesPage'),
    'DuplicatesPage',
  ),
});
const merging = createRoute({
  getParentRoute: () => house,
  path: '/stakeholders/merge',
  beforeLoad: need('stakeholders:write'),
  validateSearch: mergeSearch,
  component: lazyRouteComponent(() => import('@/features/duplicates/MergePage'), 'MergePage'),
});
const stakeholderEdit = createRoute({
  getParentRoute: () => house,
  path: '/stakeholders/$id/edit',
  beforeLoad: need('stakeholders:write'),
  component: lazyRouteComponent(
    () => import('@/features/stakeholders/EditPage'),
    'StakeholderEditPage',
  ),
});
const continuity = createRoute({
  getParentRoute: () => house,
  path: '/continuity',
  beforeLoad: need('stakeholders:read'),
  validateSearch: continuitySearch,
  component: lazyRouteComponent(() => import('@/features/ties/ContinuityPage'), 'ContinuityPage'),
});

const tasks = createRoute({
  getParentRoute: () => house,
  path: '/tasks',
  beforeLoad: async ({ context, search }) => {
    need('engagement:read')({ context });
    const view = await chosenView(context.queryClient, 'tasks', search);
    if (view) throw redirect({ to: '/tasks', search: tasksSearch({ ...view }) });
  },
  validateSearch: tasksSearch,
  component: lazyRouteComponent(() => import('@/features/tasks/TasksPage'), 'TasksPage'),
});
const taskTemplates = createRoute({
  getParentRoute: () => house,
  path: '/tasks/templates',
  beforeLoad: need('engagement:read'),
  component: lazyRouteComponent(() => import('@/features/tasks/TemplatesPage'), 'TemplatesPage'),
});

const calls = createRoute({
  getParentRoute: () => house,
  path: '/calls',
  beforeLoad: async ({ context, search }) => {
    need('calls:read')({ context });
    const view = await chosenView(context.queryClient, 'calls', search);
    if (view) throw redirect({ to: '/calls', search: callsSearch({ ...view }) });
  },
  validateSearch: callsSearch,
  component: lazyRouteComponent(() => import('@/features/calls/ListPage'), 'CallListPage'),
});
const call = createRoute({
  getParentRoute: () => house,
  path: '/calls/$id',
  beforeLoad: need('calls:read'),
  component: lazyRouteComponent(() => import('@/features/calls/RecordPage'), 'CallRecordPage'),
});

const pipeline = createRoute({
  getParentRoute: () => house,
  path: '/pipeline',
  beforeLoad: async ({ context, search }) => {
    need('funding:read')({ context });
    const view = await chosenView(context.queryClient, 'opportunities', search);
    if (view) throw redirect({ to: '/pipeline', search: pipelineSearch({ ...view }) });
  },
  validateSearch: pipelineSearch,
  component: lazyRouteComponent(() => import('@/features/pipeline/PipelinePage'), 'PipelinePage'),
});
const opportunityNew = createRoute({
  getParentRoute: () => house,
  path: '/pipeline/new',
  beforeLoad: need('funding:write'),
  validateSearch: newSearch,
  component: lazyRouteComponent(() => import('@/features/pipeline/NewPage'), 'OpportunityNewPage'),
});
const opportunity = createRoute({
  getParentRoute: () => house,
  path: '/pipeline/$id',
  beforeLoad: need('funding:read'),
  component: lazyRouteComponent(
    () => import('@/features/pipeline/RecordPage'),
    'OpportunityRecordPage',
  ),
});
const opportunityEdit = createRoute({
  getParentRoute: () => house,
  path: '/pipeline/$id/edit',
  beforeLoad: need('funding:write'),
  component: lazyRouteComponent(
    () => import('@/features/pipeline/EditPage'),
    'OpportunityEditPage',
  ),
});

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
const agreements = createRoute({
  getParentRoute: () => house,
  path: '/funding/agreements',
  beforeLoad: async ({ context, search }) => {
    need('funding:read')({ context });
    const view = await chosenView(context.queryClient, 'agreements', search);
    if (view) throw redirect({ to: '/funding/agreements', search: agreementsSearch({ ...view }) });
  },
  validateSearch: agreementsSearch,
  component: lazyRouteComponent(
    () => import('@/features/agreements/ListPage'),
    'AgreementListPage',
  ),
});
const agreementNew = createRoute({
  getParentRoute: () => house,
  path: '/funding/agreements/new',
  beforeLoad: need('funding:write'),
  validateSearch: newAgreementSearch,
  component: lazyRouteComponent(() => import('@/features/agreements/NewPage'), 'AgreementNewPage'),
});
const agreement = createRoute({
  getParentRoute: () => house,
  path: '/funding/agreements/$id',
  beforeLoad: need('funding:read'),
  validateSearch: asOfSearch,
  component: lazyRouteComponent(
    () => import('@/features/agreements/RecordPage'),
    'AgreementRecordPage',
  ),
});
const agreementEdit = createRoute({
  getParentRoute: () => house,
  path: '/funding/agreements/$id/edit',
  beforeLoad: need('funding:write'),
  component: lazyRouteComponent(
    () => import('@/features/agreements/EditPage'),
    'AgreementEditPage',
  ),
});
const obligations = createRoute({
  getParentRoute: () => house,
  path: '/funding/obligations',
  beforeLoad: need('funding:read'),
  validateSearch: obligationsSearch,
  component: lazyRouteComponent(
    () => import('@/features/agreements/ObligationsPage'),
    'ObligationsPage',
  ),
});
const diligenceCases = createRoute({
  getParentRoute: () => house,
  path: '/funding/diligence',
  beforeLoad: need('funding:read'),
  validateSearch: casesSearch,
  component: lazyRouteComponent(() => import('@/features/diligence/ListPage'), 'DiligenceListPage'),
});
const diligencePolicy = createRoute({
  getParentRoute: () => house,
  path: '/funding/diligence/policy',
  beforeLoad: need('funding:read'),
  component: lazyRouteComponent(() => import('@/features/diligence/PolicyPage'), 'PolicyPage'),
});
const diligenceCase = createRoute({
  getParentRoute: () => house,
  path: '/funding/diligence/$id',
  beforeLoad: need('funding:read'),
  component: lazyRouteComponent(() => import('@/features/diligence/CasePage'), 'CasePage'),
});
const strings = createRoute({
  getParentRoute: () => house,
  path: '/funding/strings',
  beforeLoad: need('funding:read'),
  validateSearch: tunesSearch,
  component: lazyRouteComponent(() => import('@/features/agreements/TunesPage'), 'TunesPage'),
});

const funders = createRoute({
  getParentRoute: () => house,
  path: '/funding/funders',
  beforeLoad: need('funding:read'),
  validateSearch: fundersSearch,
  component: lazyRouteComponent(
    () => import('@/features/funding/awards/FundersPage'),
    'FundersPage',
  ),
});
const awardImport = createRoute({
  getParentRoute: () => house,
  path: '/funding/funders/import',
  beforeLoad: need('funding:write'),
  component: lazyRouteComponent(
    () => import('@/features/funding/awards/ImportPage'),
    'AwardImportPage',
  ),
});
const funder = createRoute({
  getParentRoute: () => house,
  path: '/funding/funders/$id',
  beforeLoad: need('funding:read'),
  validateSearch: funderSearch,
  component: lazyRouteComponent(() => import('@/features/funding/awards/FunderPage'), 'FunderPage'),
});

const stakeholderImports = createRoute({
  getParentRoute: () => house,
  path: '/stakeholders/import',
  beforeLoad: need('stakeholders:write'),
  component: lazyRouteComponent(() => import('@/features/imports/ImportsPage'), 'ImportsPage'),
});
const stakeholderImport = createRoute({
  getParentRoute: () => house,
  path: '/stakeholders/import/$id',
  beforeLoad: need('stakeholders:write'),
  component: lazyRouteComponent(() => import('@/features/imports/ImportPage'), 'ImportPage'),
});

const mail = createRoute({
  getParentRoute: () => house,
  path: '/mail',
  beforeLoad: need('mail:read'),
  validateSearch: mailSearch,
  component: lazyRouteComponent(() => import('@/features/mail/MailPage'), 'MailPage'),
});
const thread = createRoute({
  getParentRoute: () => mail,
  path: '$threadId',
  component: lazyRouteComponent(() => import('@/features/mail/ThreadPane'), 'ThreadPane'),
});

const settings = createRoute({
  getParentRoute: () => house,
  path: '/settings',
  component: lazyRouteComponent(() => import('@/features/settings/SettingsFrame'), 'SettingsFrame'),
});
const settingsStart = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: ({ context }) => {
    const may = (p: string) => context.session.permissions.some((one) => one === p);
    throw redirect({
      to: may('admin:read')
        ? '/settings/accounts'
        : may('mail:write')
          ? '/settings/mailboxes'
          : '/settings/about',
    });
  },
});
const accounts = createRoute({
  getParentRoute: () => settings,
  path: 'accounts',
  beforeLoad: need('admin:read'),
  component: lazyRouteComponent(
    () => import('@/features/settings/accounts/AccountsPage'),
    'AccountsPage',
  ),
});
const mailboxes = createRoute({
  getParentRoute: () => settings,
  path: 'mailboxes',
  component: lazyRouteComponent(
    () => import('@/features/settings/mailboxes/MailboxesPage'),
    'MailboxesPage',
  ),
});
const sources = createRoute({
  getParentRoute: () => settings,
  path: 'sources',
  beforeLoad: need('admin:read'),
  component: lazyRouteComponent(
    () => import('@/features/settings/sources/SourcesPage'),
    'SourcesPage',
  ),
});
const jobs = createRoute({
  getParentRoute: () => settings,
  path: 'jobs',
  beforeLoad: need('admin:read'),
  validateSearch: runsSearch,
  component: lazyRouteComponent(() => import('@/features/settings/jobs/JobsPage'), 'JobsPage'),
});
const run = createRoute({
  getParentRoute: () => settings,
  path: 'jobs/runs/$id',
  beforeLoad: need('admin:read'),
  component: lazyRouteComponent(() => import('@/features/settings/jobs/RunPage'), 'RunPage'),
});
const guardrail = createRoute({
  getParentRoute: () => settings,
  path: 'guardrail',
  beforeLoad: need('admin:read'),
  component: lazyRouteComponent(
    () => import('@/features/settings/guardrail/GuardrailPage'),
    'GuardrailPage',
  ),
});
const privacy = createRoute({
  getParentRoute: () => settings,
  path: 'privacy',
  beforeLoad: need('admin:read'),
  component: lazyRouteComponent(
    () => import('@/features/settings/privacy/PrivacyPage'),
    'PrivacyPage',
  ),
});
const privacyWords = createRoute({
  getParentRoute: () => settings,
  path: 'privacy/words',
  beforeLoad: need('admin:read'),
  component: lazyRouteComponent(() => import('@/features/settings/privacy/WordsPage'), 'WordsPage'),
});
const privacySubject = createRoute({
  getParentRoute: () => settings,
  path: 'privacy/person/$id',
  beforeLoad: need('admin:read'),
  component: lazyRouteComponent(
    () => import('@/features/settings/privacy/SubjectPage'),
    'SubjectPage',
  ),
});
const privacyRequest = createRoute({
  getParentRoute: () => settings,
  path: 'privacy/requests/$id',
  beforeLoad: need('admin:read'),
  component: lazyRouteComponent(
    () => import('@/features/settings/privacy/RequestPage'),
    'RequestPage',
  ),
});
const retention = createRoute({
  getParentRoute: () => settings,
  path: 'privacy/retention',
  beforeLoad: need('admin:read'),
  component: lazyRouteComponent(
    () => import('@/features/settings/privacy/RetentionPage'),
    'RetentionPage',
  ),
});
const reviews = createRoute({
  getParentRoute: () => settings,
  path: 'privacy/reviews',
  beforeLoad: need('admin:read'),
  validateSearch: reviewsSearch,
  component: lazyRouteComponent(
    () => import('@/features/settings/privacy/ReviewsPage'),
    'ReviewsPage',
  ),
});
const webhooks = createRoute({
  getParentRoute: () => settings,
  path: 'webhooks',
  beforeLoad: need('admin:read'),
  component: lazyRouteComponent(
    () => import('@/features/settings/webhooks/WebhooksPage'),
    'WebhooksPage',
  ),
});
const webhook = createRoute({
  getParentRoute: () => settings,
  path: 'webhooks/$id',
  beforeLoad: need('admin:read'),
  validateSearch: deliveriesSearch,
  component: lazyRouteComponent(
    () => import('@/features/settings/webhooks/WebhookPage'),
    'WebhookPage',
  ),
});
const audit = createRoute({
  getParentRoute: () => settings,
  path: 'audit',
  beforeLoad: need('admin:read'),
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('@/features/settings/audit/AuditPage'), 'AuditPage'),
});
const about = createRoute({
  getParentRoute: () => settings,
  path: 'about',
  component: lazyRouteComponent(() => import('@/features/settings/about/AboutPage'), 'AboutPage'),
});

const tree = root.addChildren([
  signIn,
  setup,
  house.addChildren([
    home,
    nowhere,
    search,
    account,
    stakeholders,
    stakeholderNew,
    stakeholder,
    stakeholderEdit,
    stakeholderEdits,
    continuity,
    duplicates,
    merging,
    tasks,
    taskTemplates,
    calls,
    call,
    pipeline,
    opportunityNew,
    opportunity,
    opportunityEdit,
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
    giftImport,
    fees,
    bank,
    statements,
    agreements,
    agreementNew,
    agreement,
    agreementEdit,
    obligations,
    diligenceCases,
    diligencePolicy,
    diligenceCase,
    strings,
    funders,
    awardImport,
    funder,
    stakeholderImports,
    stakeholderImport,
    mail.addChildren([thread]),
    settings.addChildren([
      settingsStart,
      accounts,
      mailboxes,
      sources,
      jobs,
      run,
      guardrail,
      privacy,
      privacyWords,
      privacySubject,
      privacyRequest,
      retention,
      reviews,
      webhooks,
      webhook,
      audit,
      about,
    ]),
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
