import { Button, Checkbox, Group, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Scenario } from '@/shared/api/types';
import { FundingNav } from '@/shared/funding/FundingNav';
import { useMay } from '@/shared/session/session';
import { EmptyState, Ready } from '@/shared/states/states';
import { Dialog } from '@/shared/ui/Dialog';
import { Page, Section } from '@/shared/ui/Page';
import { Comparison } from './Comparison';
import classes from './funding.module.css';
import { Lens } from './Lens';
import { Losses } from './Losses';
import { comparisonQuery, scenariosQuery } from './queries';
import { ScenarioForm } from './ScenarioForm';
import type { WhatIfSearch } from './search';

const route = getRouteApi('/house/funding/what-if');

/** How many scenarios stand beside the base. */
const MOST = 3;

export function WhatIfPage() {
  const { beside = '', stop, ...lens } = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMay('finance:write');
  const [open, setOpen] = useState<Scenario | 'new' | null>(null);
  const scenarios = useQuery(scenariosQuery);
  const known = scenarios.data?.items ?? [];
  const chosen = beside
    .split('.')
    .filter((id) => known.some((one) => one.id === id))
    .slice(0, MOST);
  const comparison = useQuery({
    ...comparisonQuery(lens, chosen),
    enabled: scenarios.isSuccess,
  });
  const change = (next: WhatIfSearch) =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true, resetScroll: false });
  const choose = (ids: string[]) => change({ beside: ids.join('.') || undefined });

  return (
    <Page
      title="What if"
      actions={
        mayWrite && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>
            New scenario
          </Button>
        )
      }
    >
      <FundingNav />
      <Lens lens={lens} onChange={change} />
      <Section title="Scenarios" aside={known.length > 0 && `up to ${MOST} beside the base`}>
        <Ready query={scenarios} loading={<Skeleton height={60} />}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="No scenario yet.">
                A scenario supposes that something changes: a donor stops, an opportunity is won, a
                programme is cut. The base is what is known today.
              </EmptyState>
            ) : (
              <Choices
                of={items}
                chosen={chosen}
                onChoose={choose}
                onOpen={mayWrite ? setOpen : null}
              />
            )
          }
        </Ready>
      </Section>
      <Ready query={comparison} loading={<Skeleton height={420} mt="lg" />}>
        {({ forecasts }) => <Comparison of={forecasts} />}
      </Ready>
      <Losses
        lens={lens}
        stop={stop}
        onStop={(day) => change({ stop: day })}
        onView={(view) => change({ view })}
      />
      <Dialog
        opened={open !== null}
        onClose={() => setOpen(null)}
        title={open === 'new' ? 'New scenario' : 'Scenario'}
        size="lg"
      >
        {open && (
          <ScenarioForm
            scenario={open === 'new' ? null : open}
            lens={lens}
            onDone={(saved) => {
              setOpen(null);
              if (saved && !chosen.includes(saved)) choose([...chosen.slice(0, MOST - 1), saved]);
            }}
          />
        )}
      </Dialog>
    </Page>
  );
}

interface ChoicesProps {
  of: Scenario[];
  chosen: string[];
  onChoose: (ids: string[]) => void;
  onOpen: ((one: Scenario) => void) | null;
}

function Choices({ of, chosen, onChoose, onOpen }: ChoicesProps) {
  return (
    <div>
      {of.map((one) => {
        const checked = chosen.includes(one.id);
        return (
          <Group key={one.id} justify="space-between" wrap="nowrap" py={6} align="flex-start">
            <Checkbox
              label={one.name}
              description={one.description}
              checked={checked}
              disabled={!checked && chosen.length >= MOST}
              onChange={() =>
                onChoose(checked ? chosen.filter((id) => id !== one.id) : [...chosen, one.id])
              }
            />
            {onOpen && (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={`Change ${one.name}`}
                onClick={() => onOpen(one)}
              >
                Change
              </Button>
            )}
          </Group>
        );
      })}
      {chosen.length === 0 && (
        <p className={classes.hint}>Choose a scenario to see it beside the base.</p>
      )}
    </div>
  );
}
