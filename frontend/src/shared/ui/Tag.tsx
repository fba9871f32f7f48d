import type { ReactNode } from 'react';
import classes from './Tag.module.css';

export type Tone = 'good' | 'info' | 'warn' | 'bad' | 'mute' | 'plain';

/** A short word about a record. Its tone supports the word and never stands in for it. */
export function Tag({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={classes.tag} data-tone={tone}>
      {children}
    </span>
  );
}

export function Tags({ children }: { children: ReactNode }) {
  return <span className={classes.tags}>{children}</span>;
}
