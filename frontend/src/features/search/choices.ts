import type { NavigateOptions } from '@tanstack/react-router';
import type { Permission, SearchHit } from '@/shared/api/types';

/** One line of the palette and where it leads. */
export interface Choice {
  key: string;
  group: string;
  title: string;
  subtitle?: string | undefined;
  at?: string | undefined;
  /** Of what has a civil day and no moment. */
  date?: string | undefined;
  /** What was typed is only nearly a part of the title. */
  similar?: boolean | undefined;
  target: NavigateOptions;
}

export const groups: Record<SearchHit['kind'], string> = {
  stakeholder: 'Stakeholders',
  interaction: 'Meetings and notes',
  task: 'Tasks',
  call: 'Calls',
  agreement: 'Agreements',
  opportunity: 'Pipeline',
  thread: 'Mail',
};

function targetOf(hit: SearchHit): NavigateOptions {
  if (hit.kind === 'stakeholder') return { to: '/stakeholders/$id', params: { id: hit.id } };
  if (hit.kind === 'call') return { to: '/calls/$id', params: { id: hit.id } };
  if (hit.kind === 'agreement') return { to: '/funding/agreements/$id', params: { id: hit.id } };
  if (hit.kind === 'opportunity') return { to: '/pipeline/$id', params: { id: hit.id } };
  if (hit.kind === 'task') return { to: '/tasks', search: { task: hit.id } };
  if (hit.kind === 'interaction') {
    return { to: '/stakeholders/$id', params: { id: hit.about ?? '' }, search: { entry: hit.id } };
  }
  return { to: '/mail/$threadId', params: { threadId: hit.id } };
}

/** Hits by kind; within a kind in the server's order. */
export function choicesFrom(hits: SearchHit[]): Choice[] {
  const kinds = Object.keys(groups) as SearchHit['kind'][];
  return kinds.flatMap((kind) =>
    hits
      .filter((hit) => hit.kind === kind)
      .map((hit) => ({
        key: `${kind}:${hit.id}`,
        group: groups[kind],
        title: hit.title || '(no subject)',
        subtitle: hit.subtitle,
        // The day tells two conversations of the same subject apart, and two meetings about the same.
        at: kind === 'thread' ? hit.at : undefined,
        date: hit.date,
        similar: hit.similar,
        target: targetOf(hit),
      })),
  );
}

const actions: { title: string; words?: string; need?: Permission; target: NavigateOptions }[] = [
  {
    title: 'New stakeholder',
    words: 'add create',
    need: 'stakeholders:write',
    target: { to: '/stakeholders/new' },
  },
  {
    title: 'Import stakeholders',
    words: 'csv xlsx vcard upload',
    need: 'stakeholders:write',
    target: { to: '/stakeholders/import' },
  },
  {
    title: 'Import income',
    words: 'csv upload',
    need: 'finance:write',
    target: { to: '/funding/import' },
  },
  {
    title: 'New opportunity',
    words: 'add create pipeline',
    need: 'funding:write',
    target: { to: '/pipeline/new' },
  },
  { title: 'Go to Home', target: { to: '/' } },
  { title: 'Go to Search', words: 'find', target: { to: '/search' } },
  { title: 'Go to Stakeholders', need: 'stakeholders:read', target: { to: '/stakeholders' } },
  {
    title: 'Go to Duplicates',
    words: 'merge stakeholders suspects',
    need: 'stakeholders:write',
    target: { to: '/stakeholders/duplicates' },
  },
  {
    title: 'Go to Continuity',
    words: 'ties strength known colleague cold',
    need: 'stakeholders:read',
    target: { to: '/continuity' },
  },
  {
    title: 'Go to Tasks',
    words: 'to do due reminders',
    need: 'engagement:read',
    target: { to: '/tasks' },
  },
  { title: 'Go to Calls', need: 'calls:read', target: { to: '/calls' } },
  {
    title: 'Go to Pipeline',
    words: 'opportunities board kanban',
    need: 'funding:read',
    target: { to: '/pipeline' },
  },
  {
    title: 'Go to Funding',
    words: 'charts dependence',
    need: 'finance:read',
    target: { to: '/funding' },
  },
  {
    title: 'Go to Income',
    words: 'ledger lines',
    need: 'finance:read',
    target: { to: '/funding/income' },
  },
  {
    title: 'New agreement',
    words: 'grant contract add create',
    need: 'funding:write',
    target: { to: '/funding/agreements/new' },
  },
  {
    title: 'Go to Agreements',
    words: 'grants contracts instalments',
    need: 'funding:read',
    target: { to: '/funding/agreements' },
  },
  {
    title: 'Go to Obligations',
    words: 'calendar reports due deadlines requirements',
    need: 'funding:read',
    target: { to: '/funding/obligations' },
  },
  {
    title: 'Go to Strings',
    words: 'conditions donors tune',
    need: 'funding:read',
    target: { to: '/funding/strings' },
  },
  { title: 'Go to Mail', words: 'threads', need: 'mail:read', target: { to: '/mail' } },
  {
    title: 'Go to Jobs',
    words: 'runs settings',
    need: 'admin:read',
    target: { to: '/settings/jobs' },
  },
  {
    title: 'Go to Accounts',
    words: 'users settings',
    need: 'admin:read',
    target: { to: '/settings/accounts' },
  },
  {
    title: 'Go to Sources',
    words: 'settings',
    need: 'admin:read',
    target: { to: '/settings/sources' },
  },
  {
    title: 'Go to Mailboxes',
    words: 'imap settings',
    need: 'mail:write',
    target: { to: '/settings/mailboxes' },
  },
  {
    title: 'Go to the audit log',
    words: 'settings',
    need: 'admin:read',
    target: { to: '/settings/audit' },
  },
  { title: 'Go to your account', words: 'password sessions tokens', target: { to: '/account' } },
];

/** The way from the palette to the page of all results. */
export function allResults(q: string): Choice {
  return {
    key: 'action:all',
    group: 'Actions',
    title: `See all results for “${q}”`,
    target: { to: '/search', search: { q } },
  };
}

/** The actions that this role may take and whose words begin as typed; all of them for nothing typed. */
export function actionsFor(q: string, permissions: string[]): Choice[] {
  const typed = q.toLowerCase().split(/\s+/).filter(Boolean);
  return actions
    .filter(({ need }) => !need || permissions.includes(need))
    .filter(({ title, words = '' }) => {
      const known = `${title} ${words}`.toLowerCase().split(/\s+/);
      return typed.every((word) => known.some((one) => one.startsWith(word)));
    })
    .map(({ title, target }) => ({ key: `action:${title}`, group: 'Actions', title, target }));
}
