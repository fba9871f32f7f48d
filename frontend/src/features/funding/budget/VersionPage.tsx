import { Button, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { BudgetVersion, Fund, Project } from '@/shared/api/types';
import { Behind } from '@/shared/conflict/Behind';
import { useBase } from '@/shared/conflict/useBase';
import { formatMajor } from '@/shared/format/number';
import { useCurrency, useMay } from '@/shared/session/session';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import classes from '../funding.module.css';
import { AdoptDialog, RemoveDraftDialog } from './draftDialogs';
import { totalOf } from './lines';
import { usePlaces, versionQuery } from './queries';
import { StateOfVersion } from './StateOfVersion';
import { VersionForm } from './VersionForm';

const route = getRouteApi('/house/funding/budgets/$id');

/** One version of a budget: a draft to write, or what the board has adopted. */
export function VersionPage() {
  const { id } = route.useParams();
  const version = useQuery(versionQuery(id));
  const places = usePlaces();
  const loading = <LoadingRows rows={6} />;
  return (
    <Ready query={version} loading={loading}>
      {(of) => (
        <Ready query={places} loading={loading}>
          {(known) => <Version key={of.id} of={of} {...known} />}
        </Ready>
      )}
    </Ready>
  );
}

interface FrameProps {
  of: BudgetVersion;
  actions?: ReactNode;
  children: ReactNode;
}

function Frame({ of, actions, children }: FrameProps) {
  return (
    <Page
      title={`Budget of ${of.year}, version ${of.number}`}
      aside={<StateOfVersion of={of} />}
      back={
        <TextLink to="/funding/budget" search={{ year: of.year }}>
          <BackLabel>Budget</BackLabel>
        </TextLink>
      }
      actions={actions}
    >
      {children}
    </Page>
  );
}

/** A draft stays on the screen with what is typed, also where a colleague has adopted it meanwhile. */
function Version({ of, projects, funds }: ShownProps) {
  const mayWrite = useMay('finance:write');
  const { base, unsaved, onUnsaved, isBehind, drop, onSaved } = useBase(of);
  const [asked, setAsked] = useState<'adopt' | 'remove' | null>(null);
  const close = () => setAsked(null);
  if (!mayWrite || base.state !== 'draft') {
    return (
      <Frame of={base}>
        <Frozen of={base} projects={projects} funds={funds} />
      </Frame>
    );
  }
  return (
    <Frame
      of={base}
      actions={
        <>
          <Button variant="default" onClick={() => setAsked('remove')}>
            Remove the draft
          </Button>
          <Button
            disabled={unsaved || base.lines.length === 0}
            title={unsaved ? 'Save the lines first.' : undefined}
            onClick={() => setAsked('adopt')}
          >
            The board has adopted it
          </Button>
        </>
      }
    >
      {isBehind && <Behind what="The draft has" onDrop={drop} />}
      <VersionForm
        key={base.rev}
        of={base}
        projects={projects}
        funds={funds}
        isBehind={isBehind}
        onUnsaved={onUnsaved}
        onSaved={onSaved}
      />
      {asked === 'adopt' && <AdoptDialog of={base} onClose={close} />}
      {asked === 'remove' && <RemoveDraftDialog of={base} onClose={close} />}
    </Frame>
  );
}

interface ShownProps {
  of: BudgetVersion;
  projects: Project[];
  funds: Fund[];
}

function Frozen({ of, projects, funds }: ShownProps) {
  const currency = useCurrency();
  if (of.lines.length === 0) return <EmptyState title="This version has no lines." />;
  const name = (list: { id: string; name: string }[], id: string | undefined) =>
    list.find((item) => item.id === id)?.name;
  return (
    <>
      {of.note && <p className={classes.hint}>{of.note}</p>}
      <PlainTable label="Lines of the budget" minWidth={520}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Project</Table.Th>
            <Table.Th scope="col">Category</Table.Th>
            <Table.Th scope="col">Fund</Table.Th>
            <Table.Th scope="col" ta="right">
              {currency}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.lines.map((line) => (
            <Table.Tr key={`${line.projectId} ${line.fundId ?? ''} ${line.category}`}>
              <Table.Td>{name(projects, line.projectId)}</Table.Td>
              <Table.Td>{line.category}</Table.Td>
              <Table.Td>{name(funds, line.fundId)}</Table.Td>
              <Table.Td ta="right">{formatMajor(line.cents, currency)}</Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Th scope="row" colSpan={3}>
              Together
            </Table.Th>
            <Table.Td ta="right" fw={600}>
              {formatMajor(totalOf(of.lines), currency)}
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </PlainTable>
    </>
  );
}
