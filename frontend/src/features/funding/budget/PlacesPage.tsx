import { Button, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { Fund, Project } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { restrictionWords, say } from '@/shared/format/words';
import { useMay } from '@/shared/session/session';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page, Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { Tag } from '@/shared/ui/Tag';
import { projectsQuery } from '../queries';
import { FundDialog, ProjectDialog } from './placeDialogs';
import { fundsQuery } from './queries';

/** What money is spent on, and which purses it comes out of. */
export function PlacesPage() {
  const mayWrite = useMay('finance:write');
  const projects = useQuery(projectsQuery);
  const funds = useQuery(fundsQuery);
  const [project, setProject] = useState<Project | 'new' | null>(null);
  const [fund, setFund] = useState<Fund | 'new' | null>(null);
  return (
    <Page
      title="Projects and funds"
      back={
        <TextLink to="/funding/budget">
          <BackLabel>Budget</BackLabel>
        </TextLink>
      }
    >
      <Section
        title="Projects"
        actions={mayWrite && <Add onClick={() => setProject('new')}>New project</Add>}
      >
        <Ready query={projects} loading={<LoadingRows rows={3} />}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="No project yet.">
                {mayWrite && 'Begin with the core: what the organisation costs whatever it does.'}
              </EmptyState>
            ) : (
              <PlainTable label="Projects" minWidth={560} stacked>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th scope="col">Project</Table.Th>
                    <Table.Th scope="col">Code</Table.Th>
                    <Table.Th scope="col">Runs</Table.Th>
                    {mayWrite && <Table.Th scope="col" aria-label="Action" />}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {items.map((one) => (
                    <Table.Tr key={one.id}>
                      <Table.Td fw={500}>
                        {one.name} {one.core && <Tag tone="info">Core</Tag>}
                      </Table.Td>
                      <Table.Td>{one.code}</Table.Td>
                      <Table.Td>{runs(one)}</Table.Td>
                      {mayWrite && <Change of={one.name} onClick={() => setProject(one)} />}
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </PlainTable>
            )
          }
        </Ready>
      </Section>
      <Section
        title="Funds"
        actions={mayWrite && <Add onClick={() => setFund('new')}>New fund</Add>}
      >
        <Ready query={funds} loading={<LoadingRows rows={3} />}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="No fund yet.">
                A fund is money kept together by its purpose, such as the general fund.
              </EmptyState>
            ) : (
              <PlainTable label="Funds" minWidth={420} stacked>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th scope="col">Fund</Table.Th>
                    <Table.Th scope="col">Restriction</Table.Th>
                    {mayWrite && <Table.Th scope="col" aria-label="Action" />}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {items.map((one) => (
                    <Table.Tr key={one.id}>
                      <Table.Td fw={500}>{one.name}</Table.Td>
                      <Table.Td>{say(restrictionWords, one.restriction)}</Table.Td>
                      {mayWrite && <Change of={one.name} onClick={() => setFund(one)} />}
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </PlainTable>
            )
          }
        </Ready>
      </Section>
      {project && (
        <ProjectDialog of={project === 'new' ? null : project} onClose={() => setProject(null)} />
      )}
      {fund && <FundDialog of={fund === 'new' ? null : fund} onClose={() => setFund(null)} />}
    </Page>
  );
}

function runs({ core, from, to }: Project) {
  if (!from && !to) return core ? 'without end' : 'no dates';
  return `${from ? formatDate(from) : '…'} – ${to ? formatDate(to) : '…'}`;
}

function Add({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}

function Change({ of, onClick }: { of: string; onClick: () => void }) {
  return (
    <Table.Td ta="right">
      <Button size="compact-sm" variant="default" aria-label={`Change ${of}`} onClick={onClick}>
        Change
      </Button>
    </Table.Td>
  );
}
