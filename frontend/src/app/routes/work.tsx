// Tasks, calls, the pipeline and mail.

import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { callsSearch } from '@/features/calls/search';
import { mailSearch } from '@/features/mail/search';
import { newSearch, pipelineSearch } from '@/features/pipeline/search';
import { tasksSearch } from '@/features/tasks/search';
import { chosenView, need } from '../guard';
import { house } from './house';

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
const taskEdits = createRoute({
  getParentRoute: () => house,
  path: '/tasks/edits',
  beforeLoad: need('engagement:read'),
  component: lazyRouteComponent(() => import('@/features/tasks/EditsPage'), 'TaskEditsPage'),
});
const pipelineEdits = createRoute({
  getParentRoute: () => house,
  path: '/pipeline/edits',
  beforeLoad: need('funding:read'),
  component: lazyRouteComponent(() => import('@/features/pipeline/EditsPage'), 'PipelineEditsPage'),
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

export const workRoutes = [
  tasks,
  taskEdits,
  taskTemplates,
  calls,
  call,
  pipeline,
  pipelineEdits,
  opportunityNew,
  opportunity,
  opportunityEdit,
  mail.addChildren([thread]),
] as const;
