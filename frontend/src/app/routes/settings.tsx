// Settings, and what is the administrator’s.

import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { auditSearch } from '@/features/settings/audit/search';
import { runsSearch } from '@/features/settings/jobs/search';
import { reviewsSearch } from '@/features/settings/privacy/search';
import { deliveriesSearch } from '@/features/settings/webhooks/search';
import { need } from '../guard';
import { house } from './house';

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

export const settingsRoutes = settings.addChildren([
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
]);
