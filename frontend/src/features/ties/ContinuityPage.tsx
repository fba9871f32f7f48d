import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Continuity } from '@/shared/api/types';
import { plural } from '@/shared/format/number';
import { options, roleWords } from '@/shared/format/words';
import { SelectFilter } from '@/shared/list/FilterBar';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { ExportButton } from '@/shared/table/ExportButton';
import { Page, Section } from '@/shared/ui/Page';
import { KnownTable } from './KnownTable';
import { Losses } from './Losses';
import { coldQuery, continuityQuery } from './queries';
import classes from './ties.module.css';

const route = getRouteApi('/house/continuity');

/** Whom we would lose with a colleague, and whom we are losing already. */
export function ContinuityPage() {
  const { role, tag } = route.useSearch();
  const navigate = route.useNavigate();
  const key = { ...(role && { role }), ...(tag && { tag }) };
  const report = useQuery(continuityQuery(key));
  return (
    <Page
      title="Continuity"
      aside={report.data && plural(report.data.keys, 'key stakeholder')}
      actions={
        <>
          <SelectFilter
            label="Key stakeholders"
            all="Tagged “key”"
            value={role}
            options={options(roleWords)}
            onChange={(value) =>
              void navigate({ search: value ? { role: value } : {}, replace: true })
            }
          />
          <ExportButton path="/ties/continuity.csv" query={key} />
        </>
      }
    >
      <p className={classes.note}>
        Whom of our key stakeholders we would lose with a colleague. It is measured every night from
        meetings and from mail that goes both ways, never from what is said. An organisation is
        known also by way of its people.
      </p>
      <Ready query={report} loading={<LoadingRows rows={8} />}>
        {(found) => (found.keys === 0 ? <NoKeys /> : <Report found={found} filter={key} />)}
      </Ready>
    </Page>
  );
}

function NoKeys() {
  return (
    <EmptyState title="No stakeholder counts as a key one here.">
      Give those who matter most the tag “key”, or choose a role above.
    </EmptyState>
  );
}

function Report({ found, filter }: { found: Continuity; filter: { role?: string; tag?: string } }) {
  const cold = useQuery(coldQuery(filter));
  return (
    <>
      <Section title="Gone cold" aside={cold.data && cold.data.total > 0 && cold.data.total}>
        <Ready query={cold} loading={<LoadingRows rows={3} />}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="No relationship has gone cold." />
            ) : (
              <KnownTable label="Gone cold" items={items} cold />
            )
          }
        </Ready>
      </Section>
      <Section title="Known to one colleague only" aside={found.single.length || undefined}>
        {found.single.length === 0 ? (
          <EmptyState title="Every key stakeholder that we know is known to several of us." />
        ) : (
          <KnownTable label="Known to one colleague only" items={found.single} />
        )}
      </Section>
      {found.losses.length > 0 && <Losses losses={found.losses} />}
      {found.unknown.length > 0 && (
        <Section title="Known to nobody who is here" aside={found.unknown.length}>
          <KnownTable label="Known to nobody who is here" items={found.unknown} />
        </Section>
      )}
    </>
  );
}
