import type { ProjectUse, Realisation } from '@/shared/api/types';
import { formatMajorMoney, formatShare, formatShortMoney } from '@/shared/format/number';
import { Section } from '@/shared/ui/Page';
import type { Band } from '../charts/scale';
import { StackChart } from '../charts/StackChart';
import { Downloads } from '../Downloads';

/** What each project has cost and is bound to cost, against what it was planned to. */
export function BudgetChart({ of }: { of: Realisation }) {
  const { projects, year, currency } = of;
  const bands = bandsOf(projects);
  return (
    <Section
      title="Budget and realisation by project"
      actions={
        <Downloads
          name={`realisation-${year}`}
          title="budget and realisation by project"
          query={{ from: year, to: year }}
          picture="/charts/realisation"
          table="/charts/realisation"
        />
      }
    >
      <StackChart
        label={`Realised and committed by project in ${of.label}, against the budget`}
        bands={bands}
        columns={projects.map(({ name }) => name)}
        scale="amount"
        steps={{ name: 'Budget', values: projects.map(({ budget }) => budget) }}
        rows={[
          { name: 'used', cells: projects.map(({ used }) => formatShare(used, 0)), strong: true },
          {
            name: 'remaining',
            cells: projects.map(({ remaining }) => formatShortMoney(remaining, currency)),
          },
        ]}
        showTick={(value) => formatShortMoney(value, currency)}
        describe={({ value, column }) =>
          `${formatMajorMoney(value, currency)} of ${formatMajorMoney(projects[column]?.budget ?? 0, currency)} planned`
        }
        behind={({ band, column }) => ({
          expenses: {
            year,
            projectId: projects[column]?.id,
            state: bands[band]?.id === 'committed' ? 'committed' : 'realised',
          },
        })}
      />
    </Section>
  );
}

const bandsOf = (projects: ProjectUse[]): Band[] => [
  {
    id: 'realised',
    name: 'Realised',
    color: 'var(--c1)',
    values: projects.map(({ realised }) => realised),
  },
  {
    id: 'committed',
    name: 'Committed',
    color: 'var(--c2)',
    values: projects.map(({ committed }) => committed),
  },
];
