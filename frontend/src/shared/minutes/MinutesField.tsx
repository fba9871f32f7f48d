import { Button, Input } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { presentColleaguesQuery } from '@/shared/session/colleagues';
import { useSession } from '@/shared/session/session';
import { MentionText } from './MentionText';
import { Minutes } from './Minutes';
import classes from './minutes.module.css';

interface MinutesFieldProps {
  label: string;
  value?: string;
  onChange?: (text: string) => void;
  error?: ReactNode;
  /** The accounts that alone may read it; absent where the team may. Nobody else can be mentioned in it. */
  readers?: readonly string[] | undefined;
  /** Whether a text that is there is shown as it is read, until somebody wants to write on. */
  readFirst?: boolean;
  minRows?: number;
  maxRows?: number;
}

/** A text in Markdown in which colleagues can be mentioned, with a look at what becomes of it. */
export function MinutesField({
  label,
  value = '',
  onChange = () => undefined,
  error,
  readers,
  readFirst = false,
  ...input
}: MinutesFieldProps) {
  const { account } = useSession();
  const [preview, setPreview] = useState(readFirst && value.trim() !== '');
  const colleagues = (useQuery(presentColleaguesQuery).data ?? []).filter(
    ({ id }) => readers?.includes(id) ?? true,
  );
  const others = colleagues.filter(({ id }) => id !== account.id);
  return (
    <div className={classes.field}>
      {preview ? (
        <Input.Wrapper label={label} labelElement="div" error={error} size="sm">
          <div role="region" aria-label="Preview" className={classes.preview}>
            {value.trim() === '' ? (
              <p className={classes.nothing}>Nothing is written yet.</p>
            ) : (
              <Minutes text={value} mentions={colleagues.map(({ name }) => name)} />
            )}
          </div>
        </Input.Wrapper>
      ) : (
        <MentionText
          {...input}
          label={label}
          description={`**bold**, “- ” begins a list, “# ” a heading. ${
            others.length > 0 || !readers
              ? '@ mentions a colleague.'
              : 'A private text mentions nobody.'
          } No client data here, not even initials.`}
          autosize
          value={value}
          onChange={onChange}
          error={error}
          names={others.map(({ name }) => name)}
        />
      )}
      <Button
        className={classes.toggle}
        size="compact-xs"
        variant={preview ? 'light' : 'subtle'}
        onClick={() => setPreview(!preview)}
      >
        {preview ? 'Edit' : 'Preview'}
      </Button>
    </div>
  );
}
