// Stakeholders, whatever their kind, and what is done with many of them.

import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { duplicatesSearch, mergeSearch } from '@/features/duplicates/search';
import { entrySearch } from '@/features/engagement/search';
import { stakeholdersSearch } from '@/features/stakeholders/search';
import { continuitySearch } from '@/features/ties/search';
import { chosenView, need } from '../guard';
import { house } from './house';

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
  component: lazyRouteComponent(
    () => import('@/features/stakeholders/EditsPage'),
    'StakeholderEditsPage',
  ),
});
const stakeholder = createRoute({
  getParentRoute: () => house,
  path: '/stakeholders/$id',
  beforeLoad: need('stakeholders:read'),
  validateSearch: entrySearch,
  component: lazyRouteComponent(() => import('../StakeholderPage'), 'StakeholderPage'),
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

export const stakeholderRoutes = [
  stakeholders,
  stakeholderNew,
  stakeholderEdits,
  stakeholder,
  duplicates,
  merging,
  stakeholderEdit,
  continuity,
  stakeholderImports,
  stakeholderImport,
] as const;
