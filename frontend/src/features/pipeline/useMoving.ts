import { useState } from 'react';
import type { Opportunity, OpportunityPage, Stage, StageRule } from '@/shared/api/types';
import { questionOf, type Question } from './moves';
import { useMove, type Move } from './queries';

export interface Pending {
  one: Move['one'];
  from: StageRule;
  to: StageRule;
  question: Exclude<Question, null>;
}

/** Moves at once, or first asks for what the stage wants to know. `onMoved` is told what was saved. */
export function useMoving(rules: StageRule[], onMoved?: (saved: OpportunityPage) => void) {
  const [pending, setPending] = useState<Pending | null>(null);
  const move = useMove();
  return {
    pending,
    ask: (one: Pick<Opportunity, 'id' | 'rev' | 'stage' | 'title'>, stage: Stage) => {
      const from = rules.find((rule) => rule.stage === one.stage);
      const to = rules.find((rule) => rule.stage === stage);
      if (!from || !to || from === to) return;
      const question = questionOf(from, to);
      if (question) setPending({ one, from, to, question });
      else move.mutate({ one, to: stage }, { onSuccess: onMoved });
    },
    answer: (rest: Pick<Move, 'note' | 'on' | 'lost'>) => {
      if (pending)
        move.mutate({ one: pending.one, to: pending.to.stage, ...rest }, { onSuccess: onMoved });
      setPending(null);
    },
    cancel: () => setPending(null),
  };
}
