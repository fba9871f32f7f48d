import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api, data, ifMatch } from '@/shared/api/client';
import type { PackView } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { basisWords, say } from '@/shared/format/words';
import { useMay } from '@/shared/session/session';
import { EmptyState, LoadingPage, Ready } from '@/shared/states/states';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page, Section } from '@/shared/ui/Page';
import classes from '../funding.module.css';
import { PackCharts } from './PackCharts';
import { PackFigures } from './PackFigures';
import { PackProgress } from './PackProgress';
import { PackSince } from './PackSince';
import { PackDonors } from './PackDonors';
import { PdfLink } from './PackTable';
import { packQuery, underWay, usePackWrite } from './queries';
import { stateWords, viewWords } from './words';

const route = getRouteApi('/house/funding/board/$id');

export function PackPage() {
  const { id } = route.useParams();
  const query = useQuery(packQuery(id));
  return (
    <Ready query={query} loading={<LoadingPage />}>
      {(pack) => <Pack of={pack} />}
    </Ready>
  );
}

function Pack({ of }: { of: PackView }) {
  const mayRemove = useMay('admin:write');
  const navigate = route.useNavigate();
  const remove = usePackWrite(
    // One leaves before the packs are read again: this one is no more.
    ({ id, rev }: PackView) =>
      data(
        api.DELETE('/board/packs/{id}', { params: { path: { id }, header: ifMatch(rev) } }),
      ).then(() => navigate({ to: '/funding/board' })),
    'The pack is removed.',
  );
  const done = of.state === 'done';
  return (
    <Page
      title={of.title}
      aside={done ? `as of ${formatDate(of.asOf)}` : stateWords[of.state]}
      back={
        <TextLink to="/funding/board">
          <BackLabel>Board packs</BackLabel>
        </TextLink>
      }
      actions={
        <>
          {mayRemove && !underWay(of) && (
            <Button
              variant="default"
              color="red"
              loading={remove.isPending}
              onClick={() => remove.mutate(of)}
            >
              Remove
            </Button>
          )}
          {done && <PdfLink pack={of} large />}
        </>
      }
    >
      {underWay(of) && <PackProgress pack={of} />}
      {(of.state === 'failed' || of.state === 'stopped') && <EmptyState title={of.message ?? ''} />}
      {of.content && <Content of={of} />}
    </Page>
  );
}

function Content({ of }: { of: PackView }) {
  const { content } = of;
  if (!content) return null;
  return (
    <>
      <p className={classes.hint}>
        Frozen: later corrections of the books do not change it. Basis: {say(basisWords, of.basis)},{' '}
        {viewWords[of.view]}. Made by {of.by}.
        {of.rewrittenAt && ' The name of an erased person was taken out since.'}
      </p>
      {content.notes && (
        <Section title="Notes by the secretariat">
          <p style={{ whiteSpace: 'pre-line', maxWidth: 720, margin: 0 }}>{content.notes}</p>
        </Section>
      )}
      <PackFigures of={content} />
      <PackSince since={content.since} currency={content.donors.currency} />
      <PackCharts of={content} />
      <PackDonors of={content} />
      <p className={classes.basis} style={{ overflowWrap: 'anywhere' }}>
        SHA-256 of the PDF: {of.fileHash}
      </p>
    </>
  );
}
