// What is agreed with donors, what it asks for, and what is known of them.

import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import {
  agreementsSearch,
  asOfSearch,
  newAgreementSearch,
  obligationsSearch,
  tunesSearch,
} from '@/features/agreements/search';
import { casesSearch } from '@/features/diligence/search';
import { fundersSearch, funderSearch } from '@/features/funding/awards/search';
import { chosenView, need } from '../guard';
import { house } from './house';

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
const agreementEdits = createRoute({
  getParentRoute: () => house,
  path: '/funding/agreements/edits',
  beforeLoad: need('funding:read'),
  component: lazyRouteComponent(
    () => import('@/features/agreements/EditsPage'),
    'AgreementEditsPage',
  ),
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
const requirementRules = createRoute({
  getParentRoute: () => house,
  path: '/funding/obligations/rules',
  beforeLoad: need('funding:read'),
  component: lazyRouteComponent(() => import('@/features/agreements/rules/RulesPage'), 'RulesPage'),
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
const oneAwardImport = createRoute({
  getParentRoute: () => house,
  path: '/funding/funders/import/$id',
  beforeLoad: need('funding:read'),
  component: lazyRouteComponent(
    () => import('@/features/funding/awards/OneImportPage'),
    'OneAwardImportPage',
  ),
});
const funder = createRoute({
  getParentRoute: () => house,
  path: '/funding/funders/$id',
  beforeLoad: need('funding:read'),
  validateSearch: funderSearch,
  component: lazyRouteComponent(() => import('@/features/funding/awards/FunderPage'), 'FunderPage'),
});

export const agreementRoutes = [
  agreements,
  agreementNew,
  agreementEdits,
  agreement,
  agreementEdit,
  obligations,
  requirementRules,
  diligenceCases,
  diligencePolicy,
  diligenceCase,
  strings,
  funders,
  awardImport,
  oneAwardImport,
  funder,
] as const;
