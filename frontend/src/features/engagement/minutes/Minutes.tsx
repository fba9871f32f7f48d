import { lazy, Suspense } from 'react';
import type { MarkdownProps } from './Markdown';
import classes from './minutes.module.css';

// What reads Markdown comes once there is some to read; where it does not come, the text stands as written.
const Markdown = lazy(() => import('./Markdown').catch(() => ({ default: Plain })));

function Plain({ text }: MarkdownProps) {
  return <p className={classes.plain}>{text}</p>;
}

/** Minutes as they are read. */
export function Minutes(props: MarkdownProps) {
  return (
    <div className={classes.minutes}>
      <Suspense fallback={<Plain {...props} />}>
        <Markdown {...props} />
      </Suspense>
    </div>
  );
}
