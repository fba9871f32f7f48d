import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { DiligenceCase, Stakeholder } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { useMay } from '@/shared/session/session';
import { LoadingRows, Ready } from '@/shared/states/states';
import { RowLink } from '@/shared/table/RowLink';
import { Section } from '@/shared/ui/Page';
import { sayFailed } from '@/shared/ui/say';
import { Tag } from '@/shared/ui/Tag';
import { CaseTags } from './columns';
import { useOpenCase } from './OpenCaseDialog';
import { ofDonorQuery } from './queries';
import { standingTones, standingWords } from './words';
import classes from './diligence.module.css';

/** How a donor stands before its money is taken, on the donor's page. */
export function OfDonor({ one }: { one: Stakeholder }) {
  const query = useQuery(ofDonorQuery(one.id));
  const standing = query.data?.standing;
  return (
    <Section
      title="Due diligence"
      aside={
        standing && <Tag tone={standingTones[standing.state]}>{standingWords[standing.state]}</Tag>
      }
      actions={standing && !standing.openId && <Open id={one.id} again={!!standing.caseId} />}
    >
      <Ready query={query} loading={<LoadingRows rows={2} />}>
        {({ standing: { warning, notice, screening }, cases }) => (
          <>
            {(warning ?? notice) && <p className={classes.text}>{warning ?? notice}</p>}
            <ul className={classes.lines} aria-label="Cases of due diligence">
              {cases.map((each) => (
                <Row key={each.id} one={each} />
              ))}
            </ul>
            <p className={classes.mute}>
              {screening.at
                ? `Held against the EU’s sanctions list on ${formatDate(screening.at.slice(0, 10))}.`
                : 'Not yet held against the EU’s sanctions list.'}
            </p>
          </>
        )}
      </Ready>
    </Section>
  );
}

function Row({ one }: { one: DiligenceCase }) {
  return (
    <li>
      <span className={classes.grow}>
        <RowLink to="/funding/diligence/$id" params={{ id: one.id }}>
          Case of {formatDate(one.openedOn)}
        </RowLink>
      </span>
      {one.decision && one.state !== 'replaced' && (
        <span className={classes.mute}>until {formatDate(one.decision.expiresOn)}</span>
      )}
      <CaseTags one={one} />
    </li>
  );
}

function Open({ id, again }: { id: string; again: boolean }) {
  const mayWrite = useMay('funding:write');
  const navigate = useNavigate();
  const open = useOpenCase();
  if (!mayWrite) return null;
  return (
    <Button
      size="xs"
      variant="default"
      loading={open.isPending}
      onClick={() =>
        open
          .mutateAsync(id)
          .then((made) => navigate({ to: '/funding/diligence/$id', params: { id: made.id } }))
          .catch(sayFailed)
      }
    >
      {again ? 'Look again' : 'Open a case'}
    </Button>
  );
}
