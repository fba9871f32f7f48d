import { Alert, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useState } from 'react';
import { sentenceOf } from '@/shared/api/problem';
import { LoadingRows, Ready } from '@/shared/states/states';
import classes from './duplicates.module.css';
import { FieldRow } from './FieldRow';
import { previewQuery, useMerge, type Choices } from './queries';
import { countWords } from './words';

interface ComparisonProps {
  stays: string;
  goes: string;
  onSwap: () => void;
  onMerged: () => void;
}

export function Comparison({ stays, goes, onSwap, onMerged }: ComparisonProps) {
  const [choices, setChoices] = useState<Choices>({});
  const preview = useQuery(previewQuery(stays, goes, choices));
  const merge = useMerge();
  return (
    <Ready query={preview} loading={<LoadingRows rows={6} height={40} />}>
      {(shown) => (
        <>
          <div className={classes.heads}>
            <p>
              <span className={classes.mute}>Stays</span>
              <br />
              <strong>{shown.survivor.name}</strong>
            </p>
            <p>
              <span className={classes.mute}>Goes</span>
              <br />
              <strong>{shown.loser.name}</strong>
            </p>
            <Button
              variant="default"
              leftSection={<IconArrowsExchange size={16} aria-hidden />}
              onClick={onSwap}
            >
              Swap
            </Button>
          </div>
          {shown.fields.length === 0 && <p>The two records say the same.</p>}
          {shown.fields.map((field) => (
            <FieldRow
              key={field.field}
              field={field}
              chosen={choices[field.field] ?? field.choice}
              onChoose={(choice) => setChoices((old) => ({ ...old, [field.field]: choice }))}
            />
          ))}
          <h2>What follows</h2>
          <p>
            {shown.moved.length > 0
              ? `${countWords(shown.moved)} will name ${shown.result.name}.`
              : `Nothing that you may see names ${shown.loser.name}.`}
            {shown.removed.length > 0 &&
              ` ${countWords(shown.removed)} will be set aside, because the record that stays has their like.`}{' '}
            What you may not see follows as well. All of it can be undone.
          </p>
          {(preview.error ?? merge.error) && (
            <Alert color="red" variant="light" role="alert">
              {sentenceOf(preview.error ?? merge.error)}
            </Alert>
          )}
          <div className={classes.foot}>
            <Button
              loading={merge.isPending}
              disabled={preview.isPlaceholderData || preview.isError}
              onClick={() => merge.mutate({ preview: shown, choices }, { onSuccess: onMerged })}
            >
              Merge
            </Button>
          </div>
        </>
      )}
    </Ready>
  );
}
