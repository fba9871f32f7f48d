import { NativeSelect } from '@mantine/core';
import type { Stage, StageRule } from '@/shared/api/types';
import { stages } from './search';

interface StageMoverProps {
  one: { title: string; stage: Stage };
  rules: StageRule[];
  onMove: (to: Stage) => void;
}

/** Moves an opportunity to a stage that one may go to from where it stands. */
export function StageMover({ one, rules, onMove }: StageMoverProps) {
  const next = rules.find((rule) => rule.stage === one.stage)?.next ?? [];
  return (
    <NativeSelect
      size="xs"
      aria-label={`Move ${one.title}`}
      value=""
      onChange={(event) => {
        const to = stages.find((stage) => stage === event.currentTarget.value);
        if (to) onMove(to);
      }}
      data={[
        { value: '', label: 'Move to…' },
        ...rules
          .filter((rule) => next.includes(rule.stage))
          .map((rule) => ({ value: rule.stage, label: rule.name })),
      ]}
    />
  );
}
