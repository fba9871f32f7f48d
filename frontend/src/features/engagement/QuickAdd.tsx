import { Button, Group } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useState } from 'react';
import { EntryForm } from './EntryForm';
import { quickKinds, type QuickKind } from './quick';

/** Writes a note, a meeting, a conversation or a task down where one stands. */
export function QuickAdd({ id }: { id: string }) {
  const [kind, setKind] = useState<QuickKind | null>(null);
  useHotkeys([
    ['n', () => setKind('note')],
    ['m', () => setKind('meeting')],
    ['t', () => setKind('task')],
  ]);
  if (kind !== null) {
    return <EntryForm id={id} kind={kind} onKind={setKind} onClose={() => setKind(null)} />;
  }
  return (
    <Group gap={6} mb="sm">
      {quickKinds.map(({ value, label, hint }) => (
        <Button key={value} size="xs" variant="default" title={hint} onClick={() => setKind(value)}>
          {label}
        </Button>
      ))}
    </Group>
  );
}
