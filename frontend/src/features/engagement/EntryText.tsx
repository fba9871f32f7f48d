import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TimelineEntry } from '@/shared/api/types';
import { Minutes } from '@/shared/minutes/Minutes';
import { ErrorState } from '@/shared/states/states';
import { wholeQuery } from './queries';

interface EntryTextProps {
  entry: TimelineEntry;
  colleagues: ReadonlyMap<string, string>;
}

/** The text of an interaction or a task: its beginning, and all of it for whoever wants to read on. */
export function EntryText({ entry, colleagues }: EntryTextProps) {
  const { text = '', cut, mentions = [] } = entry;
  const [whole, setWhole] = useState(false);
  const asked = useQuery({ ...wholeQuery(entry), enabled: whole });
  const shown = (whole && asked.data) || text;
  const names = mentions.flatMap((one) => colleagues.get(one) ?? []);
  if (!shown) return null;
  return (
    <>
      <Minutes text={shown} mentions={names} />
      {whole && asked.error && (
        <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
      )}
      {cut && (
        <Button
          size="compact-sm"
          variant="subtle"
          mt={4}
          ml={-8}
          aria-expanded={whole}
          loading={whole && asked.isLoading}
          onClick={() => setWhole(!whole)}
        >
          {whole ? 'Show less' : 'Show all'}
        </Button>
      )}
    </>
  );
}
