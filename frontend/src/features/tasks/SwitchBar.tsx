import { SegmentedControl } from '@mantine/core';
import type { Quick } from '@/shared/list/ListTools';
import { everything, states, switched, switchesOf } from './search';

/** The conditions that the switches say; what they cannot say is said beside them. */
export function saidBySwitches(where: string | undefined): Quick['of'] {
  const { mine, which } = switchesOf(where);
  const said: Quick['of'] = [];
  if (mine) said.push(['ownerId', 'is']);
  if (which === 'overdue') said.push(['overdue', 'is']);
  if (which === 'open' || which === 'done') said.push(['state', 'is']);
  if (where === everything) said.push(['state', 'any']);
  return said;
}

interface SwitchBarProps {
  where: string | undefined;
  onChange: (where: string | undefined) => void;
}

/** Whose tasks, and which. */
export function SwitchBar({ where, onChange }: SwitchBarProps) {
  const now = switchesOf(where);
  return (
    <>
      <SegmentedControl
        aria-label="Whose tasks"
        data={[
          { value: 'mine', label: 'Mine' },
          { value: 'all', label: 'All' },
        ]}
        value={now.mine ? 'mine' : 'all'}
        onChange={(whose) => onChange(switched(where, { mine: whose === 'mine' }))}
      />
      <SegmentedControl
        aria-label="Which tasks"
        data={[
          { value: 'open', label: 'Open' },
          { value: 'overdue', label: 'Overdue' },
          { value: 'done', label: 'Done' },
          { value: 'any', label: 'Any' },
        ]}
        value={now.which}
        onChange={(next) => {
          const which = states.find((one) => one === next) ?? 'any';
          onChange(switched(where, { which }));
        }}
      />
    </>
  );
}
