import { useQuery } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import type { Agreement, Stakeholder } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMajorMoney } from '@/shared/format/number';
import { whereOf } from '@/shared/list/filter/conditions';
import { useMay } from '@/shared/session/session';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import { Attached } from './Attached';
import { AgreementStateTag } from './columns';
import { all, readAgreements } from './queries';
import classes from './agreements.module.css';

const SHOWN = 10;

/** What is signed with a donor, and what they attach to it, on the donor's page. */
export function AgreementsOfDonor({ one }: { one: Stakeholder }) {
  const mayWrite = useMay('funding:write');
  const asked = { where: whereOf([['donorId', 'is', one.id]]), sort: '-to' as const };
  const agreements = useQuery({
    queryKey: [...all, 'of', one.id],
    queryFn: ({ signal }) => readAgreements(asked, { limit: SHOWN }, signal),
  });
  return (
    <Section
      title="Agreements and strings"
      actions={mayWrite && <TextLink to="/funding/agreements/new">Add</TextLink>}
    >
      <Ready query={agreements} loading={<LoadingRows rows={2} />}>
        {({ items, total }) =>
          items.length === 0 ? (
            <EmptyState title="No agreement with them." />
          ) : (
            <>
              <ul className={classes.ofDonor} aria-label="Agreements">
                {items.map((agreement) => (
                  <Line key={agreement.id} agreement={agreement} />
                ))}
              </ul>
              {total > items.length && (
                <TextLink to="/funding/agreements" search={asked}>
                  All {total}
                </TextLink>
              )}
            </>
          )
        }
      </Ready>
      <Strings of={one.id} />
    </Section>
  );
}

function Line({ agreement }: { agreement: Agreement }) {
  const { id, title, amount, to, state } = agreement;
  return (
    <li>
      <div className={classes.rowText}>
        <TextLink to="/funding/agreements/$id" params={{ id }} fw={500}>
          {title}
        </TextLink>
        <div className={classes.mute}>
          {[
            amount && formatMajorMoney(amount.minor, amount.currency),
            to && `ends ${formatDate(to)}`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </div>
      </div>
      <AgreementStateTag state={state} />
    </li>
  );
}

/** Nothing where nothing is attached. */
function Strings({ of }: { of: string }) {
  const strings = useQuery({
    queryKey: [...all, 'strings of', of],
    queryFn: ({ signal }) =>
      data(api.GET('/strings', { params: { query: { donorId: of, limit: 50 } }, signal })),
  });
  const items = strings.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <ul className={classes.attached} style={{ marginTop: 14 }} aria-label="Strings">
      {items.map((string) => (
        <Attached key={string.id} string={string} />
      ))}
    </ul>
  );
}
