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
  /** A private text mentions nobody, as nobody else can read it. */
  isPrivate: boolean;
  minRows?: number;
  maxRows?: number;
}

/** A text in Markdown in which colleagues can be mentioned, with a look at what becomes of it. */
export function MinutesField({
  label,
  value = '',
  onChange = () => undefined,
  error,
  isPrivate,
  ...input
}: MinutesFieldProps) {
  const { account } = useSession();
  const [preview, setPreview] = useState(false);
  const colleagues = useQuery(presentColleaguesQuery).data ?? [];
  const names = isPrivate ? [] : colleagues.map(({ name }) => name);
  const others = isPrivate ? [] : colleagues.filter(({ id }) => id !== account.id);
  return (
    <div className={classes.field}>
      {preview ? (
        <Input.Wrapper label={label} labelElement="div" error={error} size="sm">
          <div role="region" aria-label="Preview" className={classes.preview}>
            {value.trim() === '' ? (
              <p className={classes.nothing}>Nothing is written yet.</p>
            ) : (
              <Minutes text={value} mentions={names} />
            )}
          </div>
        </Input.Wrapper>
      ) : (
        <MentionText
          {...input}
          label={label}
          description={`**bold**, “- ” begins a list, “# ” a heading. ${
            isPrivate ? 'A private text mentions nobody.' : '@ mentions a colleague.'
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
        aria-pressed={preview}
        onClick={() => setPreview(!preview)}
      >
        Preview
      </Button>
    </div>
  );
}
