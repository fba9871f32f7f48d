import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconAlertTriangle } from '@tabler/icons-react';
import { api, data } from '@/shared/api/client';
import { sensitiveWords } from '@/shared/format/words';
import classes from './SensitiveHint.module.css';

/** Warns, while somebody types, of words that say what Piper should not know. It never stands in the way. */
export function SensitiveHint({ text }: { text: string }) {
  const [settled] = useDebouncedValue(text.trim(), 600);
  const { data: found } = useQuery({
    queryKey: ['sensitive', settled],
    queryFn: ({ signal }) => data(api.POST('/privacy/check', { body: { text: settled }, signal })),
    enabled: settled.length > 2,
    placeholderData: keepPreviousData,
    gcTime: 0, // it is what somebody types
    retry: false,
  });
  const warnings = settled.length > 2 ? (found?.warnings ?? []) : [];
  return (
    <div role="status" className={classes.box}>
      {warnings.length > 0 && (
        <p className={classes.hint}>
          <IconAlertTriangle size={16} aria-hidden />
          <span>
            {warnings
              .map(({ word, kind }) => `“${word}” (${sensitiveWords[kind].toLowerCase()})`)
              .join(', ')}
            : leave it out unless the law lets us keep it.
          </span>
        </p>
      )}
    </div>
  );
}
