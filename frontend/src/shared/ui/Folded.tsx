import type { ReactNode } from 'react';
import classes from './Folded.module.css';

/** What is over, out of the way until somebody asks for it. */
export function Folded({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className={classes.folded}>
      <summary className={classes.title}>{title}</summary>
      {children}
    </details>
  );
}
