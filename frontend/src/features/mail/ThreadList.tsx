import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useRef } from 'react';
import { formatTotal } from '@/shared/format/number';
import { FilterBar, SelectFilter, WordsFilter } from '@/shared/list/FilterBar';
import { useKeysetList } from '@/shared/list/keyset';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/states/states';
import { StakeholderLink } from '@/shared/stakeholders/StakeholderLink';
import { ListEnd } from '@/shared/table/ListEnd';
import { moveBetweenRows } from '@/shared/table/rowKeys';
import { useRowWindow } from '@/shared/table/rowWindow';
import { ButtonLink } from '@/shared/ui/links';
import classes from './mail.module.css';
import { all, mailboxesQuery, readPage } from './queries';
import type { MailSearch } from './search';
import { ThreadRow } from './ThreadRow';

const route = getRouteApi('/house/mail');

interface ThreadListProps {
  search: MailSearch;
  openId: string | undefined;
}

export function ThreadList({ search, openId }: ThreadListProps) {
  const navigate = route.useNavigate();
  const { rows, ...filter } = search;
  const list = useKeysetList(
    [...all, 'list', filter],
    (page, signal) => readPage(filter, page, signal),
    rows ? { shown: rows } : {},
  );
  const frame = useRef<HTMLUListElement>(null);
  const view = useRowWindow(frame, list.rows.length, 71, 'threads');
  const change = (next: Partial<MailSearch>) =>
    void navigate({
      to: '.',
      search: (old) => ({ ...old, rows: undefined, ...next }),
      replace: true,
    });

  return (
    <>
      <div className={classes.listHead}>
        <h1 className={classes.listTitle}>Mail</h1>
        {!list.isPending && (
          <span className={classes.mute}>{formatTotal(list.total, list.totalIsFloor)}</span>
        )}
      </div>
      <MailFilters search={search} onChange={change} />
      {list.isPending ? (
        <LoadingRows rows={8} height={34} />
      ) : list.error && list.rows.length === 0 ? (
        <ErrorState error={list.error} onRetry={list.retry} />
      ) : list.rows.length === 0 ? (
        <NoMail search={search} />
      ) : (
        // The arrow keys are a shortcut beside Tab; the links in the rows are the real controls.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <ul ref={frame} className={classes.threads} onKeyDown={moveBetweenRows}>
          {view.before > 0 && <li aria-hidden style={{ height: view.before }} />}
          {view.indexes.map((index) => {
            const thread = list.rows[index];
            if (!thread) return null;
            return (
              <li key={thread.id} ref={view.measure} data-index={index} className={classes.thread}>
                <ThreadRow thread={thread} open={thread.id === openId} search={search} />
              </li>
            );
          })}
          {view.after > 0 && <li aria-hidden style={{ height: view.after }} />}
        </ul>
      )}
      {list.rows.length > 0 && <ListEnd list={list} />}
    </>
  );
}

interface MailFiltersProps {
  search: MailSearch;
  onChange: (next: Partial<MailSearch>) => void;
}

function MailFilters({ search, onChange }: MailFiltersProps) {
  const mailboxes = useQuery(mailboxesQuery);
  const choices = (mailboxes.data?.items ?? []).map(({ id, name }) => ({
    value: id,
    label: name ?? id,
  }));
  const active = [search.mailbox, search.stakeholder].filter(Boolean).length;
  return (
    <FilterBar
      active={active}
      onClear={() => onChange({ mailbox: undefined, stakeholder: undefined })}
      words={
        <WordsFilter label="Subject or words" value={search.q} onChange={(q) => onChange({ q })} />
      }
    >
      {(choices.length > 1 || search.mailbox) && (
        <SelectFilter
          label="Mailbox"
          all="All mailboxes"
          value={search.mailbox}
          options={choices}
          onChange={(mailbox) => onChange({ mailbox })}
        />
      )}
      {search.stakeholder && (
        <span className={classes.mute}>
          with <StakeholderLink id={search.stakeholder} />
        </span>
      )}
    </FilterBar>
  );
}

function NoMail({ search }: { search: MailSearch }) {
  if (search.q ?? search.mailbox ?? search.stakeholder) {
    return <EmptyState title="No conversation matches." />;
  }
  return (
    <EmptyState
      title="No mail yet."
      action={<ButtonLink to="/settings/mailboxes">Add a mailbox</ButtonLink>}
    >
      Piper reads the folders you allow, and keeps only mail that involves a stakeholder.
    </EmptyState>
  );
}
