import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { Task } from '@/shared/api/types';
import { useMay } from '@/shared/session/session';
import { useTick } from './queries';

interface TickBoxProps {
  task: Task;
  /** Beside the box; without it the box is called after its task. */
  label?: string;
  className?: string | undefined;
}

/**
 * The box that ticks a task off. It stands at once as it was set, until the list brings the task that was written, or goes back
 * when the server refuses: between the two, lists are read again that may hold the task as it was before or after.
 */
export function TickBox({ task, label, className }: TickBoxProps) {
  const tick = useTick();
  const mayWrite = useMay('engagement:write');
  const [set, setSet] = useState<{ rev: number; state: Task['state'] } | null>(null);
  const state = set?.rev === task.rev ? set.state : task.state;
  const turn = () => {
    // Of what is being written, the revision that could be changed again is not known yet.
    if (tick.isPending) return;
    const next = state === 'done' ? 'open' : 'done';
    setSet({ rev: task.rev, state: next });
    tick.mutate({ task, state: next }, { onError: () => setSet(null) });
  };
  return (
    <Checkbox
      size="sm"
      // Round, as the square boxes before rows select.
      radius="xl"
      className={className}
      {...(label ? { label } : { 'aria-label': `Done: ${task.title}` })}
      checked={state === 'done'}
      disabled={!mayWrite}
      onChange={turn}
    />
  );
}
