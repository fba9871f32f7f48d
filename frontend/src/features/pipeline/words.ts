import { useQuery } from '@tanstack/react-query';
import { earmarkingWords } from '@/shared/format/words';
import { stagesQuery } from './queries';

/** How the closed sets of the list's fields are said; the stages as the table of stages calls them. */
export function useValueWords() {
  const rules = useQuery(stagesQuery).data?.stages ?? [];
  return {
    stage: Object.fromEntries(rules.map(({ stage, name }) => [stage, name])),
    earmarking: earmarkingWords,
  };
}
